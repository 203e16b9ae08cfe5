package io.rollcall.delivery;

import io.rollcall.metrics.Alarm;
import io.rollcall.metrics.Metrics;
import io.rollcall.notification.Notifier;
import io.rollcall.notification.WatchedLists;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.server.ServerStop;
import io.rollcall.subscription.DeliveryRecords;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.webhook.Outcome;
import io.rollcall.webhook.Webhooks;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The deliveries of this node to services outside, and what each of them needs to know of it. */
@ApplicationScoped
class OpenDeliveries {
    private static final Logger LOG = Logger.getLogger(OpenDeliveries.class.getName());

    @Inject
    private DeliveryRecords records;

    @Inject
    private WatchedLists watched;

    @Inject
    private Notifier notifier;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Metrics metrics;

    @Inject
    private ServerStop stop;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final Map<String, ListDelivery> open = new ConcurrentHashMap<>();

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        metrics.gauge("rollcall.deliveries", "Lists that this node delivers by JMS or webhook", open::size);
        metrics.gauge(
                "rollcall.deliveries.oldest.seconds",
                "How long the event waits that a service outside has not taken for the longest",
                this::oldestSeconds);
    }

    private double oldestSeconds() {
        Instant now = clock.now();
        return open.values().stream()
                .map(ListDelivery::waitingSince)
                .filter(Objects::nonNull)
                .mapToLong(since -> Duration.between(since, now).toMillis())
                .max()
                .orElse(0)
                / 1000.0;
    }

    Collection<ListDelivery> all() {
        return open.values();
    }

    /** That of a list; null if this node does not deliver it. */
    @Nullable ListDelivery of(String list) {
        return open.get(list);
    }

    void add(ListDelivery delivery) {
        open.put(delivery.list().id(), delivery);
    }

    void remove(ListDelivery delivery) {
        open.remove(delivery.list().id(), delivery);
        watched.end(delivery);
    }

    /**
     * The service says that it will never take anything.
     *
     * @param target the list as it was when that was said; if it is another one by now, that goes on
     */
    void gone(ListDelivery delivery, SubscriptionList target, String error) {
        LOG.info(() -> "The webhook of list " + target.id() + " is gone: its delivery ends");
        end(delivery, target, Event.DEACTIVATED, error);
    }

    /** The service was given time enough; the rest is as with {@link #gone}. */
    void giveUp(ListDelivery delivery, SubscriptionList target, Instant since, String error) {
        Alarm.DELIVERY_GIVEN_UP.raise(LOG, "The webhook of list " + target.id()
                + " is given up, for it took nothing since " + since + ": " + error);
        end(delivery, target, Event.PROBATION, error);
    }

    private void end(ListDelivery delivery, SubscriptionList target, Event reason, String error) {
        try {
            records.end(target, reason, error);
        } finally {
            // where that was not stored, it is claimed anew, and comes to the same unless the list is another one
            remove(delivery);
        }
    }

    void count(SubscriptionList list, int events, Outcome outcome) {
        String delivery = list.delivery().word();
        if (outcome.kind() == Outcome.Kind.TAKEN) {
            metrics.delivered(delivery).increment(events);
        } else {
            metrics.deliveryFailures(delivery).increment();
        }
    }

    /** All groups up to this number have reached the outboxes of this node. */
    long reached() {
        return notifier.reached();
    }

    /** Whether no other node can take over before an attempt that begins now has ended. */
    boolean isSafe() {
        return records.areSafeFor(Webhooks.LONGEST.toSeconds());
    }

    /** Whether nothing more is begun, because the server stops. */
    boolean isLeaving() {
        return stop.hasBegun();
    }

    Instant now() {
        return clock.now();
    }

    Future<?> later(Runnable work, Duration pause) {
        return scheduler.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
