package io.rollcall.notification;

import io.rollcall.delivery.Outcome;
import io.rollcall.delivery.Webhooks;
import io.rollcall.directory.Groups;
import io.rollcall.http.Requests;
import io.rollcall.metrics.Alarm;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.server.ServerStop;
import io.rollcall.subscription.Deliveries;
import io.rollcall.subscription.Deliveries.Claim;
import io.rollcall.subscription.Deliveries.Position;
import io.rollcall.subscription.Delivery;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.Outlet;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.subscription.SubscriptionLists;
import io.rollcall.subscription.Subscriptions;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The lists that this node delivers to services outside. */
@ApplicationScoped
class ListDeliveries {
    private static final Logger LOG = Logger.getLogger(ListDeliveries.class.getName());
    private static final int LOOKS_BETWEEN_IDLE = 30;
    private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @Inject
    private Deliveries deliveries;

    @Inject
    private SubscriptionLists lists;

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private Connections connections;

    @Inject
    private Wishes wishes;

    @Inject
    private Resumption resumption;

    @Inject
    private Groups groups;

    @Inject
    private Notifier notifier;

    @Inject
    private WebhookCourier webhooks;

    @Inject
    private TopicCourier topic;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Metrics metrics;

    @Inject
    private ServerStop stop;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final Map<String, ListDelivery> open = new ConcurrentHashMap<>();
    /** What was written down last. */
    private final Map<String, Position> noted = new ConcurrentHashMap<>();
    private final AtomicBoolean lookIsDue = new AtomicBoolean();
    private int looks;

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

    /** To be called once a second. */
    synchronized void look() {
        claimAndFollow();
        if (!isLeaving()) {
            note(++looks % LOOKS_BETWEEN_IDLE == 0);
        }
    }

    /** Claims what nobody delivers, until there is nothing left, and follows what changed with the rest. */
    private synchronized void claimAndFollow() {
        Map<String, String> free;
        do {
            if (isLeaving()) {
                return;
            }
            free = deliveries.claimSome();
            Map<String, Claim> claims = deliveries.claims();
            open.values().forEach(delivery -> follow(delivery, claims.get(delivery.list().id())));
            open(claims, free);
        } while (!free.isEmpty());
    }

    private void open(Map<String, Claim> claims, Map<String, String> told) {
        claims.forEach((id, claim) -> {
            if (!open.containsKey(id) && !isLeaving()) {
                lists.find(id).ifPresent(list -> open(list, claim.delivered(), Told.read(told.getOrDefault(id, ""))));
            }
        });
    }

    private void open(SubscriptionList list, long delivered, Told told) {
        Courier courier = list.delivery() == Delivery.JMS ? topic : webhooks;
        ListDelivery delivery = new ListDelivery(list, delivered, courier, subscriptions, this);
        open.put(list.id(), delivery);
        try {
            subscribe(delivery, list, delivered, told);
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "The delivery of list " + list.id() + " could not be begun", failure);
            remove(delivery);
        }
    }

    private void subscribe(ListDelivery delivery, SubscriptionList list, long delivered, Told told) {
        Wish wish = ListStreams.wish(list);
        Outlet outlet = Objects.requireNonNull(list.outlet());
        delivery.wish(Requests.window(outlet.maxRate()));
        wishes.add(delivery, wish);
        connections.subscribe(delivery, list.addresses(groups), resumption.after(delivered, wish, list), told);
        lists.givenUp(list).forEach(delivery::giveUp);
        delivery.begin();
    }

    private void follow(ListDelivery delivery, @Nullable Claim claim) {
        if (claim == null) {
            endOrLeave(delivery);
        } else if (claim.revision() != delivery.followed()) {
            lists.find(delivery.list().id()).ifPresent(now -> follow(delivery, now));
        }
    }

    private void follow(ListDelivery delivery, SubscriptionList now) {
        if (now.owner().admin() != delivery.caller().admin()) {
            // who asks is another one now: begun anew at the next look
            remove(delivery);
            return;
        }
        delivery.relist(now);
        delivery.wish(Requests.window(Objects.requireNonNull(now.outlet()).maxRate()));
        wishes.replace(delivery, ListStreams.wish(now));
        connections.pace(delivery);
        delivery.followed(now.revision());
    }

    /** A list that is no more is told so; one that another node has, or that has ended before, is not this node's. */
    private void endOrLeave(ListDelivery delivery) {
        Optional<SubscriptionList> list = lists.find(delivery.list().id());
        if (list.isPresent()) {
            remove(delivery);
        } else if (!delivery.isEnding()) {
            delivery.expire();
        }
    }

    /** At the node where a list is replaced nothing goes to its former target from then on. */
    void replaced(@Observes SubscriptionLists.Replaced replaced) {
        ListDelivery delivery = open.get(replaced.list().id());
        if (delivery != null) {
            delivery.relist(replaced.list());
        }
    }

    /** Takes a message of type {@link io.rollcall.presentity.ChangeTopic#LIST}: does not wait for the next second. */
    void changed(String list) {
        if (open.containsKey(list) && !lookIsDue.getAndSet(true)) {
            scheduler.execute(() -> {
                lookIsDue.set(false);
                claimAndFollow();
            });
        }
    }

    /**
     * Writes down how far all have come that have moved.
     *
     * @param alsoIdle whether also of those where nothing happens, so that little is repeated after a restart
     */
    private void note(boolean alsoIdle) {
        List<Position> changed = new ArrayList<>();
        for (ListDelivery delivery : open.values()) {
            Position now = delivery.position(alsoIdle);
            if (!now.equals(noted.get(now.list()))) {
                changed.add(now);
            }
        }
        if (!changed.isEmpty()) {
            deliveries.note(changed);
            changed.forEach(position -> noted.put(position.list(), position));
        }
    }

    void remove(ListDelivery delivery) {
        open.remove(delivery.list().id(), delivery);
        noted.remove(delivery.list().id());
        connections.remove(delivery);
    }

    /** The service says that it will never take anything. */
    void gone(ListDelivery delivery, String error) {
        LOG.info(() -> "The webhook of list " + delivery.list().id() + " is gone: its delivery ends");
        end(delivery, Event.DEACTIVATED, error);
    }

    /** The service was given time enough. */
    void giveUp(ListDelivery delivery, Instant since, String error) {
        Alarm.DELIVERY_GIVEN_UP.raise(LOG, "The webhook of list " + delivery.list().id()
                + " is given up, for it took nothing since " + since + ": " + error);
        end(delivery, Event.PROBATION, error);
    }

    private void end(ListDelivery delivery, Event reason, String error) {
        try {
            deliveries.end(delivery.list(), reason, error);
        } finally {
            // where that was not stored, it is claimed anew and comes to the same
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
        return notifier.complete();
    }

    /** Whether no other node can take over before an attempt that begins now has ended. */
    boolean isSafe() {
        return deliveries.areSafeFor(Webhooks.LONGEST.toSeconds());
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

    /**
     * The server stops: what is under way is waited for, then others take over where this node is. Last of all, so that the
     * time that others take is not lost for it.
     */
    void leave(@Observes @Priority(Interceptor.Priority.APPLICATION + 900) ServerStop.Begun begun) {
        while (open.values().stream().anyMatch(ListDelivery::isUnderWay)
                && System.nanoTime() - begun.nanos() < LEAVING_NANOS) {
            LockSupport.parkNanos(MOMENT_NANOS);
        }
        handOver();
    }

    private synchronized void handOver() {
        try {
            note(true);
            Told.Notes notes = new Told.Notes();
            Map<String, String> told = new HashMap<>();
            open.forEach((id, delivery) -> told.put(id, notes.text(delivery.taken())));
            List.copyOf(open.values()).forEach(this::remove);
            deliveries.release(told);
        } catch (RuntimeException away) {
            LOG.log(Level.WARNING, "Other nodes take over this one's lists only when its lease has run out", away);
        }
    }
}
