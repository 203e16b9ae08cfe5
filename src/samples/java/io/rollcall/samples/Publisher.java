package io.rollcall.samples;

import io.rollcall.message.Destinations;
import io.rollcall.message.Presence;
import io.rollcall.message.PublicationAnswer;
import io.rollcall.message.PublicationMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;

/** Publishes for an account: logs in, is on the phone, hangs up, and logs out; for one call, as a switchboard would. */
public final class Publisher {
    private static final long PATIENCE_MILLIS = 10_000;

    private final JMSContext broker;
    private final Queue publications;
    private final TemporaryQueue answers;
    private final JMSConsumer answered;

    private Publisher(JMSContext broker) {
        this.broker = broker;
        publications = broker.createQueue(Destinations.PUBLICATIONS);
        answers = broker.createTemporaryQueue();
        answered = broker.createConsumer(answers);
    }

    /** @param args the account, {@code alice@example.com} */
    public static void main(String[] args) throws JMSException {
        String account = args[0];
        try (JMSContext broker = ArtemisBroker.connect()) {
            Publisher publisher = new Publisher(broker);
            String online = Presence.of("online").on("telephone").toJson();
            String calling = Presence.of("busy").doing("on-the-phone").on("telephone").toPidf(account);

            PublicationAnswer login = publisher.publish(PublicationMessage.login(account, online).expiringIn(600));
            String tuple = login.tuple();
            PublicationAnswer busy = publisher.publish(PublicationMessage.modify(account, tuple, login.etag(), calling));
            PublicationAnswer free = publisher.publish(PublicationMessage.modify(account, tuple, busy.etag(), online));
            publisher.publish(PublicationMessage.logout(account, tuple, free.etag()));
        }
    }

    private PublicationAnswer publish(PublicationMessage publication) throws JMSException {
        TextMessage request = broker.createTextMessage();
        publication.writeTo(request);
        request.setJMSReplyTo(answers);
        broker.createProducer().send(publications, request);

        Message reply = answered.receive(PATIENCE_MILLIS);
        if (reply == null) {
            throw new IllegalStateException("No answer: is the server running, and connected to this broker?");
        }
        PublicationAnswer answer = PublicationAnswer.read(reply);
        System.out.println(publication.action().word() + " -> " + answer.status() + ' ' + answer.body());
        if (!answer.success()) {
            throw new IllegalStateException("Refused: " + answer.body());
        }
        return answer;
    }
}
