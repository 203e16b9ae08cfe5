package io.rollcall.publication;

import io.rollcall.message.Destinations;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.problem.Problem;
import io.rollcall.recurring.Sweeps;
import jakarta.annotation.Resource;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The queue {@code rollcall.dead-letters}: messages that could not be taken and had nobody to be answered to, with the
 * reason as properties. The broker adds those that it could not deliver, and drops each when it is too old.
 */
@ApplicationScoped
class DeadLetters {
    static final String REASON = "reason";
    static final String PROBLEM = "problem";
    static final String STATUS = "status";
    /** The queue it was on. */
    static final String ORIGIN = "origin";

    private static final Logger LOG = Logger.getLogger(DeadLetters.class.getName());
    private static final int MOST_COUNTED = 10_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Pattern ID = Pattern.compile("[\\w:.-]+");

    @Resource(lookup = "jms/connections")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/dead-letters")
    private Queue queue;

    @Inject
    private Sweeps sweeps;

    @Inject
    private ChangeTopic topic;

    @Inject
    private Metrics metrics;

    @Inject
    @ConfigProperty(name = "rollcall.retention.dead-letters", defaultValue = "P30D")
    private Duration kept;

    private final AtomicLong added = new AtomicLong();
    private volatile int depth;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        metrics.gauge(
                "rollcall.dead.letters",
                "Messages on the queue of dead letters, at most " + MOST_COUNTED + "; looked at every few seconds",
                () -> depth);
        metrics.gauge(
                "rollcall.dead.letters.added",
                "Messages that this node could not take and had nobody to answer to",
                added::get);
        sweeps.every(BETWEEN_LOOKS, this::look);
    }

    /** Adds a message that was taken from the queue of publications. One that finds no room here is lost, and logged. */
    void add(Message message, Problem reason, JMSContext context) {
        added.incrementAndGet();
        try {
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.PERSISTENT)
                    .setTimeToLive(kept.toMillis())
                    .send(queue, letter(message, reason, context));
        } catch (JMSException | RuntimeException full) {
            LOG.log(Level.WARNING, "A dead letter could not be kept", full);
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

    /** The oldest of them, at most so many. */
    List<DeadLetter> oldest(int most) {
        List<DeadLetter> letters = new ArrayList<>();
        browse(letter -> {
            letters.add(DeadLetter.of(letter));
            return letters.size() < most;
        });
        return letters;
    }

    /** Takes one away; whether it was there. */
    boolean remove(String id) {
        if (!ID.matcher(id).matches()) {
            return false;
        }
        try (JMSContext context = connections.createContext();
                JMSConsumer consumer = context.createConsumer(queue, "JMSMessageID = '" + id + "'")) {
            return consumer.receiveNoWait() != null;
        }
    }

    private void look() {
        if (!topic.reachable()) {
            return;
        }
        int[] count = {0};
        try {
            browse(letter -> ++count[0] < MOST_COUNTED);
            depth = count[0];
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
