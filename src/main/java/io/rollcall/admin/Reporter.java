package io.rollcall.admin;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.ChangeLog;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.presentity.Changes;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.recurring.Sweeps;
import io.rollcall.server.ServerStop;
import io.rollcall.subscription.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Looks every few seconds what this node did, and tells the other nodes. */
@ApplicationScoped
class Reporter {
    private static final Logger LOG = Logger.getLogger(Reporter.class.getName());
    private static final int MOST_SAMPLES = (int) (Duration.ofMinutes(15).toSeconds() / Sample.INTERVAL.toSeconds());
    private static final double PART = 0.99;
    /** The last bucket has no bound of its own. */
    private static final double LONGEST = Duration.ofDays(1).toMillis();

    @Inject
    private NodeReports reports;

    @Inject
    private Metrics metrics;

    @Inject
    private Changes changes;

    @Inject
    private ChangeLog log;

    @Inject
    private ChangeTopic topic;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Nodes nodes;

    @Inject
    private Sweeps sweeps;

    @Inject
    @ConfigProperty(name = "rollcall.http.port", defaultValue = "9080")
    private int port;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile boolean leaving;
    private Instant startedAt = Instant.EPOCH;
    private Totals before = new Totals(0, 0, 0, HistogramSnapshot.empty(0, 0, 0));

    /**
     * What was counted since the start.
     *
     * @param nanos when, by the clock of {@link System#nanoTime}
     * @param delivery how long changes took to their last watcher
     */
    private record Totals(long nanos, double publications, double notifications, HistogramSnapshot delivery) {}

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        startedAt = clock.now();
        before = totals();
        sweeps.every(Sample.INTERVAL, this::report);
    }

    /** While the database is still there. */
    void leave(@Observes ServerStop.Begun begun) {
        sweeps.stop();
        leaving = true;
        try {
            reports.remove(nodes.own());
        } catch (RuntimeException away) {
            LOG.log(Level.WARNING, "This node will be shown as missing", away);
        }
    }

    private void report() {
        if (leaving) {
            return;
        }
        Totals now = totals();
        samples.add(sample(now));
        if (samples.size() > MOST_SAMPLES) {
            samples.remove();
        }
        before = now;
        long asked = System.nanoTime();
        log.lastNumber();
        reports.put(new NodeReport(
                nodes.own(),
                host() + ':' + port,
                startedAt,
                clock.now(),
                topic.reachable(),
                topic.silence().toSeconds(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked),
                List.copyOf(samples)));
    }

    private Totals totals() {
        return new Totals(
                System.nanoTime(),
                metrics.publications(),
                metrics.notifications().count(),
                metrics.delivery().takeSnapshot());
    }

    private Sample sample(Totals now) {
        double seconds = Math.max(1, now.nanos - before.nanos) / 1e9;
        return new Sample(
                clock.now().toEpochMilli(),
                (now.publications - before.publications) / seconds,
                (now.notifications - before.notifications) / seconds,
                latency(before.delivery, now.delivery),
                changes.waiting(),
                metrics.watchers(),
                topic.waiting());
    }

    /** Within how many milliseconds 99 of 100 of what was counted in between had happened; at most the last bucket. */
    static double latency(HistogramSnapshot before, HistogramSnapshot now) {
        CountAtBucket[] then = before.histogramCounts();
        CountAtBucket[] buckets = now.histogramCounts();
        double most = PART * (now.count() - before.count());
        double millis = 0;
        for (int i = 0; most > 0 && i < buckets.length; i++) {
            double upTo = buckets[i].bucket(TimeUnit.MICROSECONDS) / 1000;
            millis = upTo < LONGEST ? upTo : millis;
            if (buckets[i].count() - (i < then.length ? then[i].count() : 0) >= most) {
                break;
            }
        }
        return millis;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
