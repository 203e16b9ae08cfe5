package io.rollcall.publication;

import io.rollcall.metrics.Alarm;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.ChangeLog;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.presentity.TakenLogins;
import io.rollcall.server.ServerStop;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The queue {@code rollcall.publications}, over which other services publish. Messages that wait are taken together, stored
 * together, answered after the commit, and only then acknowledged: what a crash interrupts is delivered again. Each is
 * settled when it is acknowledged: stored, answered with its problem, or among the dead letters.
 *
 * @implNote One thread takes and answers, so that messages are submitted in the order of the queue. It is no message-driven
 *     bean, for that has one message a thread and a transaction.
 */
@ApplicationScoped
class PublicationQueue {
    private static final Logger LOG = Logger.getLogger(PublicationQueue.class.getName());
    private static final int MOST_AT_ONCE = 256;
    private static final long WAIT_MILLIS = 1_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final long LEAVING_MILLIS = 5_000;
    private static final long FIRST_PAUSE_MILLIS = 100;

    @Resource(lookup = "jms/connections")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/publications")
    private Queue queue;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private ChangeTopic topic;

    @Inject
    private Publications publications;

    @Inject
    private TakenLogins logins;

    @Inject
    private ChangeLog log;

    @Inject
    private DeadLetters deadLetters;

    @Inject
    private Metrics metrics;

    private final QueuedGroup group = new QueuedGroup(
            publication -> publications.store(publication), this::databaseTakesChanges, FIRST_PAUSE_MILLIS);
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final AtomicLong unanswered = new AtomicLong();
    /** Those of the messages that were taken last, by name: the broker is asked once whether each is still there. */
    private final Map<String, Destination> authors = new HashMap<>();
    private @Nullable Thread thread;
    private boolean complained;
    /** Nothing more is taken. */
    private volatile boolean leaving;
    /** What is taken and not stored is left to be delivered again. */
    private volatile boolean stopped;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        metrics.gauge(
                "rollcall.answers.lost",
                "Answers to other services that the broker did not take, say because their queue is gone",
                unanswered::get);
        Thread taker = threads.newThread(this::takeAll);
        taker.setName("rollcall-publications");
        taker.start();
        thread = taker;
    }

    /** The server stops: what was taken is still stored and acknowledged. */
    void leave(@Observes ServerStop.Begun begun) throws InterruptedException {
        leaving = true;
        Thread taker = thread;
        if (taker != null) {
            taker.join(LEAVING_MILLIS);
        }
    }

    @PreDestroy
    void stop() {
        leaving = true;
        stopped = true;
    }

    private void takeAll() {
        try {
            while (!leaving) {
                // where announcements find no broker, there is none
                if (topic.reachable()) {
                    takeWhileConnected();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeWhileConnected() throws InterruptedException {
        // no JMSContext for what is taken: outside of JTA Artemis' adapter has transactions in sessions only
        try (Connection connection = connections.createConnection();
                Session taking = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageConsumer consumer = taking.createConsumer(queue);
                JMSContext telling = connections.createContext()) {
            connection.start();
            complained = false;
            while (!leaving) {
                Message first = consumer.receive(WAIT_MILLIS);
                if (first != null) {
                    List<QueuedMessage> messages = take(first, consumer, telling);
                    if (store(messages)) {
                        messages.forEach(message -> tell(message, telling));
                        taking.commit();
                        unacknowledged.remove(messages);
                    }
                }
            }
        } catch (JMSException | RuntimeException | Error failure) {
            if (!complained && !leaving) {
                complained = true;
                Alarm.QUEUE_AWAY.raise(LOG, "No publications can be taken from the queue; it is tried again", failure);
            }
        }
    }

    /** Takes what waits. What cannot be read is told at once, for it may be large; the rest is to be stored. */
    private List<QueuedMessage> take(Message first, MessageConsumer consumer, JMSContext telling) throws JMSException {
        authors.clear();
        List<QueuedMessage> readable = new ArrayList<>();
        int taken = 0;
        for (Message next = first; next != null; next = ++taken < MOST_AT_ONCE ? consumer.receiveNoWait() : null) {
            QueuedMessage message = QueuedMessage.of(next);
            if (message.settled()) {
                tell(message, telling);
            } else {
                readable.add(message);
            }
        }
        return readable;
    }

    /** Stores messages; false if some are not settled, because the server is stopping. */
    private boolean store(List<QueuedMessage> messages) throws InterruptedException {
        for (QueuedMessage message : messages) {
            QueuedMessage before = unacknowledged.find(message);
            if (before != null) {
                message.settle(before);
            }
        }
        List<QueuedMessage> left = messages.stream().filter(message -> !message.settled()).toList();
        if (!lookForLogins(left)) {
            return false;
        }
        group.store(left, () -> stopped);
        messages.stream().filter(QueuedMessage::settled).forEach(unacknowledged::add);
        return messages.stream().allMatch(QueuedMessage::settled);
    }

    /**
     * Notes which log-ins were stored before: the broker need not know that they are delivered again. While that cannot be
     * read they are kept.
     *
     * @return false if the server is stopping
     */
    private boolean lookForLogins(List<QueuedMessage> messages) throws InterruptedException {
        Map<String, QueuedMessage> wanted = new HashMap<>();
        messages.stream().filter(QueuedMessage::isLogin).forEach(login -> wanted.put(login.tuple(), login));
        while (!stopped) {
            try {
                logins.among(wanted.keySet()).forEach(tuple -> wanted.get(tuple).storedBefore());
                return true;
            } catch (RuntimeException away) {
                LOG.log(Level.FINE, "It cannot be told which log-ins were stored before", away);
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return false;
    }

    private boolean databaseTakesChanges() {
        try {
            log.tryToWrite();
            return true;
        } catch (RuntimeException away) {
            return false;
        }
    }

    private void tell(QueuedMessage message, JMSContext telling) {
        Destination author = message.replyTo();
        boolean told = author != null && answer(author, message, telling);
        if (!told && message.refusal() != null && !message.wasStoredBefore()) {
            deadLetters.add(message.message(), message.refusal(), telling);
        }
    }

    /** An author that cannot be answered, say because its queue is gone, keeps nobody else waiting. */
    private boolean answer(Destination author, QueuedMessage message, JMSContext telling) {
        try {
            TextMessage answer = telling.createTextMessage();
            message.answer().writeTo(answer);
            answer.setJMSCorrelationID(correlation(message));
            telling.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .send(authors.computeIfAbsent(author.toString(), any -> author), answer);
            return true;
        } catch (JMSException | RuntimeException unanswerable) {
            unanswered.incrementAndGet();
            LOG.log(Level.FINE, "The author of a publication cannot be answered", unanswerable);
            return false;
        }
    }

    private static @Nullable String correlation(QueuedMessage message) throws JMSException {
        String given = message.message().getJMSCorrelationID();
        return given == null ? message.id() : given;
    }
}
