package io.rollcall.notification;

import io.rollcall.metrics.Alarm;
import io.rollcall.metrics.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Looks after the connections of this node: gives signs of life, and ends those whose client is not there any more, or leaves
 * so much unread that with that of others it is more than this node is to hold.
 */
@ApplicationScoped
class Upkeep {
    private static final Logger LOG = Logger.getLogger(Upkeep.class.getName());
    /** A write that takes so long hangs; most take less than a millisecond. */
    private static final long HANGING_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** What the container keeps of a write that hangs. */
    private static final int KEPT_BY_CONTAINER = 8 * 1024;

    private final long patience;
    private final long mostUnread;
    /** Those ended at the last look; only the thread that looks knows them. */
    private final List<Connection> cut = new ArrayList<>();

    private volatile int hanging;

    @Inject
    private Connections connections;

    @Inject
    private Writers writers;

    @Inject
    private Metrics metrics;

    /** For CDI's proxy. */
    protected Upkeep() {
        this(Duration.ZERO, Duration.ofNanos(1), 0);
    }

    /** @throws IllegalArgumentException if clients would be given up before they can have answered */
    @Inject
    Upkeep(
            @ConfigProperty(name = "rollcall.events.keep-alive", defaultValue = "PT15S") Duration keepAlive,
            @ConfigProperty(name = "rollcall.events.give-up", defaultValue = "PT1M") Duration giveUp,
            @ConfigProperty(name = "rollcall.limits.unread", defaultValue = "67108864") long mostUnread) {
        if (giveUp.compareTo(keepAlive) <= 0) {
            throw new IllegalArgumentException("rollcall.events.give-up must be longer than rollcall.events.keep-alive");
        }
        this.patience = giveUp.toNanos();
        this.mostUnread = mostUnread;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        metrics.gauge("rollcall.watchers.hanging", "Watchers who have not read for a second what is written", () -> hanging);
    }

    void keepAlive() {
        connections.all().forEach(Connection::keepAlive);
    }

    /** To be called every second. */
    void look() {
        abandonCut();
        List<Hanging> found = new ArrayList<>();
        for (Connection connection : connections.all()) {
            if (!connection.isCut()) {
                long since = connection.hangingFor();
                if (connection.isSilent(patience)) {
                    giveUp(connection, "silent");
                } else if (since > HANGING_NANOS) {
                    found.add(new Hanging(connection, since, connection.unread() + KEPT_BY_CONTAINER));
                }
            }
        }
        hanging = found.size();
        tooMuch(found, mostUnread).forEach(one -> giveUp(one.connection, "unread"));
    }

    /** Those that have hung longest, until the others hold no more than may be held. */
    static List<Hanging> tooMuch(List<Hanging> hanging, long most) {
        long bytes = hanging.stream().mapToLong(Hanging::bytes).sum();
        List<Hanging> ended = new ArrayList<>();
        if (bytes > most) {
            Alarm.UNREAD.raise(LOG, hanging.size() + " watchers leave " + bytes + " bytes unread: those who have not read for"
                    + " longest are ended");
            hanging.sort(Comparator.comparingLong(Hanging::nanos).reversed());
            for (Hanging longest : hanging) {
                if (bytes <= most) {
                    break;
                }
                ended.add(longest);
                bytes -= longest.bytes;
            }
        }
        return ended;
    }

    private void giveUp(Connection connection, String reason) {
        metrics.givenUp(reason).increment();
        LOG.fine(() -> connection + " is ended: " + reason);
        connection.cut();
        cut.add(connection);
    }

    /** The container had a second to say of each that it is gone. */
    private void abandonCut() {
        for (Connection connection : cut) {
            connection.abandon();
            writers.execute(() -> connections.remove(connection));
        }
        cut.clear();
    }

    /**
     * A connection whose client does not read.
     *
     * @param nanos for how long
     * @param bytes how much it makes this node hold
     */
    record Hanging(Connection connection, long nanos, long bytes) {}
}
