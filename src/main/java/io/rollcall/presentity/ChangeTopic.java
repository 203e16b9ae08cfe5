package io.rollcall.presentity;

import io.rollcall.metrics.Metrics;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code rollcall.changes}, on which nodes tell each other what they stored. Announcements go in the order in
 * which they were made. They are hints: while the broker is away or too slow they are dropped, and every node finds what
 * it missed by its number.
 *
 * @implNote One thread sends, so that a broker that hangs keeps nobody who stores changes.
 */
@ApplicationScoped
public class ChangeTopic {
    /** The type of a message that tells of watchers; a group of changes has none. */
    public static final String WATCHERS = "watchers";
    /** The type of a message that only shows whether its sender listens. */
    public static final String ECHO = "echo";

    /** The type of a message that asks other nodes when watchers connected there were told last. */
    public static final String QUESTION = "question";
    /** The type of a message that answers one. */
    public static final String ANSWER = "answer";
    /** The type of a message that ends a watcher's subscription. */
    public static final String END = "end";
    /** The type of a message that tells that a subscription list was changed, or has ended. */
    public static final String LIST = "list";

    private static final int ACCOUNTS_AT_ONCE = 2_000;
    private static final int MOST_WAITING = 200;
    /** After a failure: making a connection in vain is dear. */
    private static final long PAUSE_MILLIS = 500;

    private static final long LOOK_MILLIS = 1_000;
    private static final long MOMENT_MILLIS = 200;

    private static final Logger LOG = Logger.getLogger(ChangeTopic.class.getName());

    @Resource(lookup = "jms/connections")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/changes")
    private Topic topic;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private Metrics metrics;

    /** What is sent: its type and, made by the thread that sends, its body. */
    private record Announcement(@Nullable String type, Supplier<byte[]> body) {}

    private final BlockingQueue<Announcement> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Echo echo = new Echo();
    private volatile boolean reachable;
    private boolean complained;
    private volatile boolean stopped;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        metrics.gauge(
                "rollcall.announcements.dropped",
                "Announcements that the broker was not there to take; what they tell was found by polling",
                dropped::get);
        metrics.gauge(
                "rollcall.announcements.silence",
                "Seconds for which announcements that the broker takes have not come back to this node",
                () -> silence().toSeconds());
        Thread thread = threads.newThread(this::sendAll);
        thread.setName("rollcall-announcements");
        thread.start();
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }

    /** Announces a group. */
    void announce(ChangeGroup group) {
        add(new Announcement(null, group::encode));
    }

    /** Sends a text of that type to every node, this one included. */
    public void announce(String type, String text) {
        add(new Announcement(type, () -> text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Tells every node that other people watch these accounts, or in another way. */
    public void announceWatchers(Collection<String> accounts) {
        List<String> all = List.copyOf(accounts);
        for (int from = 0; from < all.size(); from += ACCOUNTS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + ACCOUNTS_AT_ONCE));
            add(new Announcement(WATCHERS, () -> String.join("\n", some).getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Takes a message of type {@link #ECHO}. */
    public void heard(String call) {
        echo.heard(call);
    }

    /** For how long what this node sends has not come back to it, although the broker takes it; zero if all is well. */
    public Duration silence() {
        return echo.silence(System.nanoTime());
    }

    /** How many announcements wait to be sent. */
    public int waiting() {
        return waiting.size();
    }

    /** Whether the broker took what was sent last, and could be reached a second ago. */
    public boolean reachable() {
        return reachable;
    }

    private void add(Announcement announcement) {
        if (!waiting.offer(announcement)) {
            dropped.incrementAndGet();
        }
    }

    private void sendAll() {
        try {
            while (!stopped || !waiting.isEmpty()) {
                Announcement next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (stopped && next == null) {
                    return;
                }
                if (!send(next) && !stopped) {
                    Thread.sleep(PAUSE_MILLIS);
                    drop();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sends an announcement, if there is one, and what follows within moments: a connection is taken and given back only
     * where there is a pause. Now and then it sends a call that should come back.
     */
    private boolean send(@Nullable Announcement first) throws InterruptedException {
        Announcement next = first;
        try (JMSContext context = connections.createContext()) {
            JMSProducer producer = context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setDisableMessageTimestamp(true);
            do {
                if (next != null) {
                    send(context, producer, next.type(), next.body().get());
                    next = null;
                }
                long now = System.nanoTime();
                if (echo.isDue(now)) {
                    echo.called(now);
                    send(context, producer, ECHO, echo.call());
                }
                reached();
                next = waiting.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
            } while (next != null);
            return true;
        } catch (JMSException | RuntimeException | Error failure) {
            missed(failure);
            if (next != null) {
                dropped.incrementAndGet();
            }
            return false;
        }
    }

    private void send(JMSContext context, JMSProducer producer, @Nullable String type, byte[] body) throws JMSException {
        BytesMessage message = context.createBytesMessage();
        message.setJMSType(type);
        message.writeBytes(body);
        producer.send(topic, message);
    }

    private void reached() {
        reachable = true;
        if (complained) {
            complained = false;
            LOG.info("The broker takes announcements again");
        }
    }

    private void missed(Throwable failure) {
        reachable = false;
        echo.missed();
        if (!complained) {
            complained = true;
            LOG.log(
                    Level.WARNING, "The broker does not take announcements; changes reach watchers by polling", failure);
        }
    }

    /** Old announcements help nobody: by the time the broker is back their groups were found by number. */
    private void drop() {
        dropped.addAndGet(waiting.drainTo(new ArrayList<>()));
    }
}
