package io.rollcall.publication;

import io.rollcall.message.Destinations;
import io.rollcall.metrics.Alarm;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The queue {@code rollcall.dead-letters}: messages that could not be taken and had nobody to be answered to, with the
 * reason as properties. The broker adds those that it could not deliver, and drops each when it is too old.
 */
@ApplicationScoped
public class DeadLetters {
    static final String REASON = "reason";
    static final String PROBLEM = "problem";
    static final String STATUS = "status";
    /** The queue it was on. */
    static final String ORIGIN = "origin";

    private static final Logger LOG = Logger.getLogger(DeadLetters.class.getName());
    /** Counting means reading them. */
    public static final int MOST_COUNTED = 1_000;

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Pattern ID = Pattern.compile("[\\w:.-]+");

    @Resource(lookup = "jms/connections")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/dead-letters")
    private Queue queue;

    @Resource
    private ManagedExecutorService threads;

    @Inject
    private ChangeTopic topic;

    @Inject
    private Metrics metrics;

    @Inject
    @ConfigProperty(name = "rollcall.retention.dead-letters", defaultValue = "P30D")
    private Duration kept;

    private final AtomicLong added = new AtomicLong();
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - BETWEEN_LOOKS_NANOS);
    private volatile OptionalInt depth = OptionalInt.empty();

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        metrics.gauge(
                "rollcall.dead.letters",
                "Messages on the queue of dead letters, at most " + MOST_COUNTED + "; counted again half a minute later,"
                        + " if anybody asks",
                () -> {
                    OptionalInt known = count();
                    return known.isPresent() ? known.getAsInt() : Double.NaN;
                });
        metrics.gauge(
                "rollcall.dead.letters.added",
                "Messages that this node could not take and had nobody to answer to",
                added::get);
    }

    /**
     * How many there are, at most {@link #MOST_COUNTED}; empty until that is known. Does not wait: what was counted too long
     * ago is counted again for whoever asks next.
     */
    public OptionalInt count() {
        long now = System.nanoTime();
        long before = lookedAt.get();
        if (now - before >= BETWEEN_LOOKS_NANOS && topic.reachable() && lookedAt.compareAndSet(before, now)) {
            threads.execute(this::look);
        }
        return depth;
    }

    /** Adds a message that was taken from the queue of publications. One that finds no room here is lost, and logged. */
    void add(Message message, Problem reason, JMSContext context) {
        added.incrementAndGet();
        countAnew();
        try {
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.PERSISTENT)
                    .setTimeToLive(kept.toMillis())
                    .send(queue, letter(message, reason, context));
        } catch (JMSException | RuntimeException full) {
            Alarm.QUEUE_AWAY.raise(LOG, "A dead letter could not be kept", full);
        }
    }

    /** A copy; a body that is no text is left behind unread, for reading it may do harm. */
    private static Message letter(Message message, Problem reason, JMSContext context) throws JMSException {
        TextMessage letter = context.createTextMessage(message instanceof TextMessage text ? text.getText() : null);
        for (Object name : Collections.list((Enumeration<?>) message.getPropertyNames())) {
            if (!name.toString().startsWith("JMS")) {
                copy(name.toString(), message, letter);
            }
        }
        letter.setStringProperty(ORIGIN, Destinations.PUBLICATIONS);
        letter.setIntProperty(STATUS, reason.kind().status());
        letter.setStringProperty(PROBLEM, reason.kind().type());
        letter.setStringProperty(REASON, reason.detail());
        return letter;
    }

    private static void copy(String name, Message from, Message to) {
        try {
            to.setObjectProperty(name, from.getObjectProperty(name));
        } catch (JMSException | RuntimeException notOfJms) {
            LOG.log(Level.FINE, "A dead letter goes without its property " + name, notOfJms);
        }
    }

    private void countAnew() {
        lookedAt.set(System.nanoTime() - BETWEEN_LOOKS_NANOS);
    }

    /**
     * The oldest of them, at most so many.
     *
     * @throws Problem {@link Kind#UNAVAILABLE} if the broker cannot be reached
     */
    public List<DeadLetter> oldest(int most) {
        List<DeadLetter> letters = new ArrayList<>();
        reach(() -> {
            browse(letter -> {
                letters.add(DeadLetter.of(letter));
                return letters.size() < most;
            });
            return true;
        });
        if (letters.size() < most) {
            depth = OptionalInt.of(letters.size());
        }
        return letters;
    }

    /**
     * Takes one away; whether it was there.
     *
     * @throws Problem {@link Kind#UNAVAILABLE} if the broker cannot be reached
     */
    public boolean remove(String id) {
        if (!ID.matcher(id).matches()) {
            return false;
        }
        countAnew();
        return reach(() -> {
            try (JMSContext context = connections.createContext();
                    JMSConsumer consumer = context.createConsumer(queue, "JMSMessageID = '" + id + "'")) {
                return consumer.receiveNoWait() != null;
            }
        });
    }

    private static <T> T reach(Supplier<T> broker) {
        try {
            return broker.get();
        } catch (RuntimeException away) {
            LOG.log(Level.WARNING, "The dead letters cannot be reached", away);
            throw Problem.forNow("The broker cannot be reached; try again");
        }
    }

    private void look() {
        int[] count = {0};
        try {
            browse(letter -> ++count[0] < MOST_COUNTED);
            depth = OptionalInt.of(count[0]);
        } catch (RuntimeException away) {
            LOG.log(Level.FINE, "The broker went while dead letters were counted", away);
        }
    }

    /** Something that looks at a letter and tells whether it wants another one. */
    private interface Look {
        boolean at(Message letter) throws JMSException;
    }

    private void browse(Look look) {
        try (JMSContext context = connections.createContext();
                QueueBrowser browser = context.createBrowser(queue)) {
            Enumeration<?> letters = browser.getEnumeration();
            boolean more = true;
            while (more && letters.hasMoreElements()) {
                more = look.at((Message) letters.nextElement());
            }
        } catch (JMSException failure) {
            throw new IllegalStateException("The dead letters cannot be read", failure);
        }
    }
}
