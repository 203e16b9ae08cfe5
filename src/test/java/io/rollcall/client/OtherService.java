package io.rollcall.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.message.Destinations;
import io.rollcall.message.PublicationAnswer;
import io.rollcall.message.PublicationMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;

/** A service that publishes over the queue of a broker. */
public final class OtherService implements AutoCloseable {
    private final JMSContext broker;
    private final Queue publications;
    private final Queue answers;
    private final JMSConsumer answered;

    OtherService(ConnectionFactory connections) {
        broker = connections.createContext();
        publications = broker.createQueue(Destinations.PUBLICATIONS);
        answers = broker.createTemporaryQueue();
        answered = broker.createConsumer(answers);
    }

    /** Sends a message and waits for its answer. */
    public PublicationAnswer publish(PublicationMessage publication) {
        String id = send(publication);
        Message answer = answer();
        try {
            assertThat(answer.getJMSCorrelationID()).isEqualTo(id);
            return PublicationAnswer.read(answer);
        } catch (JMSException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Sends a message, to be answered later. */
    public String send(PublicationMessage publication) {
        try {
            TextMessage message = broker.createTextMessage();
            publication.writeTo(message);
            message.setJMSReplyTo(answers);
            broker.createProducer().send(publications, message);
            return message.getJMSMessageID();
        } catch (JMSException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Sends a message without asking for an answer. */
    public void sendUnanswered(PublicationMessage publication) {
        try {
            TextMessage message = broker.createTextMessage();
            publication.writeTo(message);
            broker.createProducer().send(publications, message);
        } catch (JMSException broken) {
            throw new AssertionError(broken);
        }
    }

    /** The next answer, to whatever message. */
    public PublicationAnswer nextAnswer() {
        try {
            return PublicationAnswer.read(answer());
        } catch (JMSException broken) {
            throw new AssertionError(broken);
        }
    }

    private Message answer() {
        Message answer = answered.receive(Await.PATIENCE.toMillis());
        assertThat(answer).as("an answer").isNotNull();
        return answer;
    }

    @Override
    public void close() {
        broker.close();
    }
}
