package io.rollcall.client;

import io.rollcall.message.Destinations;
import io.rollcall.message.Presence;
import io.rollcall.message.PublicationAnswer;
import io.rollcall.message.PublicationMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Publishes over the queue, with up to 512 messages that wait for their answers, and says how many a second are stored. */
final class QueueLoad {
    private static final int ACCOUNTS = 256;
    private static final int IN_FLIGHT = 512;
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private final JMSContext sending;
    private final JMSContext answering;
    private final Queue publications;
    private final Queue answers;
    private final JMSConsumer answered;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final AtomicLong taken = new AtomicLong();
    private volatile boolean ended;

    private QueueLoad(JMSContext broker) {
        sending = broker;
        answering = broker.createContext(JMSContext.DUPS_OK_ACKNOWLEDGE);
        publications = broker.createQueue(Destinations.PUBLICATIONS);
        answers = answering.createTemporaryQueue();
        answered = answering.createConsumer(answers);
    }

    /** @param portUserPasswordSeconds where the broker is, who asks, and how long to measure */
    public static void main(String[] portUserPasswordSeconds) throws Exception {
        ActiveMQConnectionFactory connections =
                new ActiveMQConnectionFactory("tcp://localhost:" + portUserPasswordSeconds[0]);
        connections.setBlockOnDurableSend(false);
        try (JMSContext broker = connections.createContext(portUserPasswordSeconds[1], portUserPasswordSeconds[2])) {
            new QueueLoad(broker).measure(Duration.ofSeconds(Long.parseLong(portUserPasswordSeconds[3])));
        }
    }

    private void measure(Duration time) throws Exception {
        List<PublicationAnswer> logins = new ArrayList<>();
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(Client.newAccount());
            send(PublicationMessage.login(accounts.get(i), Presence.of("online").toJson()));
            logins.add(next());
        }
        Thread reader = new Thread(this::countAnswers);
        Thread writer = new Thread(() -> publish(accounts, logins));
        reader.start();
        writer.start();
        Thread.sleep(WARM_UP.toMillis());
        long before = taken.get();
        long begun = System.nanoTime();
        Thread.sleep(time.toMillis());
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%.0f publications a second%n", (taken.get() - before) / seconds);
        ended = true;
        writer.join();
        reader.join();
    }

    private void publish(List<String> accounts, List<PublicationAnswer> logins) {
        try {
            for (int i = 0; !ended; i++) {
                int account = i % ACCOUNTS;
                room.acquire();
                send(PublicationMessage.modify(
                        accounts.get(account),
                        logins.get(account).tuple(),
                        PublicationMessage.ANY,
                        Presence.of("busy").saying(String.valueOf(i)).toJson()));
            }
        } catch (JMSException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    private void countAnswers() {
        try {
            while (!ended || room.availablePermits() < IN_FLIGHT) {
                PublicationAnswer answer = next();
                if (!answer.success()) {
                    throw new AssertionError(answer.body());
                }
                taken.incrementAndGet();
                room.release();
            }
        } catch (JMSException broken) {
            throw new AssertionError(broken);
        }
    }

    private void send(PublicationMessage publication) throws JMSException {
        TextMessage message = sending.createTextMessage();
        publication.writeTo(message);
        message.setJMSReplyTo(answers);
        sending.createProducer().send(publications, message);
    }

    private PublicationAnswer next() throws JMSException {
        Message answer = answered.receive(Await.PATIENCE.toMillis());
        if (answer == null) {
            throw new AssertionError("No answer came");
        }
        return PublicationAnswer.read(answer);
    }
}
