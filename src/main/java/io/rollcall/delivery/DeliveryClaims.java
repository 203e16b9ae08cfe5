package io.rollcall.delivery;

import io.rollcall.metrics.Alarm;
import io.rollcall.notification.WatchedLists;
import io.rollcall.problem.Problem;
import io.rollcall.recurring.Sweeps;
import io.rollcall.server.ServerStop;
import io.rollcall.subscription.Delivery;
import io.rollcall.subscription.DeliveryRecords;
import io.rollcall.subscription.DeliveryRecords.Claim;
import io.rollcall.subscription.DeliveryRecords.Position;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.subscription.SubscriptionLists;
import io.rollcall.subscription.Subscriptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Which lists this node delivers: it claims those that nobody does, follows their changes, and hands them over. */
@ApplicationScoped
class DeliveryClaims {
    private static final Logger LOG = Logger.getLogger(DeliveryClaims.class.getName());
    private static final int LOOKS_BETWEEN_IDLE = 30;
    private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @Inject
    private DeliveryRecords records;

    @Inject
    private OpenDeliveries open;

    @Inject
    private SubscriptionLists lists;

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private WatchedLists watched;

    @Inject
    private WebhookCourier webhooks;

    @Inject
    private TopicCourier topic;

    @Inject
    private Sweeps sweeps;

    /** What was written down last, by list. */
    private final Map<String, Position> noted = new HashMap<>();
    private final AtomicBoolean lookIsDue = new AtomicBoolean();
    private int looks;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps.every(Duration.ofSeconds(1), this::look);
    }

    private synchronized void look() {
        claimAndFollow();
        if (!open.isLeaving()) {
            note(++looks % LOOKS_BETWEEN_IDLE == 0);
        }
    }

    /** Claims what nobody delivers, until there is nothing left, and follows what changed with the rest. */
    private synchronized void claimAndFollow() {
        Map<String, String> free;
        do {
            if (open.isLeaving()) {
                return;
            }
            free = records.claimSome();
            Map<String, Claim> claims = records.claims();
            for (ListDelivery delivery : open.all()) {
                String id = delivery.list().id();
                apart(id, () -> follow(delivery, claims.get(id)));
            }
            open(claims, free);
        } while (!free.isEmpty());
    }

    private void open(Map<String, Claim> claims, Map<String, String> told) {
        claims.forEach((id, claim) -> {
            if (open.of(id) == null && !open.isLeaving()) {
                apart(id, () -> lists.find(id)
                        .ifPresent(list -> open(list, claim.delivered(), Told.read(told.get(id)))));
            }
        });
    }

    /** Does something for one list. If that list is damaged, the others are delivered all the same. */
    private static void apart(String list, Runnable work) {
        try {
            work.run();
        } catch (Problem databaseIsAway) {
            throw databaseIsAway;
        } catch (RuntimeException damaged) {
            Alarm.DAMAGED.raise(LOG, "List " + list + " cannot be delivered", damaged);
        }
    }

    private void open(SubscriptionList list, long delivered, @Nullable Told told) {
        Courier courier = list.delivery() == Delivery.JMS ? topic : webhooks;
        ListDelivery delivery = new ListDelivery(list, delivered, courier, subscriptions, open);
        open.add(delivery);
        try {
            watched.begin(delivery, list, delivered, told == null ? null : told::includes);
            delivery.begin();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "The delivery of list " + list.id() + " could not be begun", failure);
            open.remove(delivery);
        }
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
            open.remove(delivery);
            return;
        }
        delivery.relist(now);
        watched.follow(delivery, now);
        delivery.followed(now.revision());
    }

    /** A list that is no more is told so; one that another node has, or that has ended before, is not this node's. */
    private void endOrLeave(ListDelivery delivery) {
        Optional<SubscriptionList> list = lists.find(delivery.list().id());
        if (list.isPresent()) {
            open.remove(delivery);
        } else if (!delivery.isEnding()) {
            delivery.expire();
        }
    }

    /** At the node where a list is replaced nothing goes to its former target from then on. */
    void replaced(@Observes SubscriptionLists.Replaced replaced) {
        ListDelivery delivery = open.of(replaced.list().id());
        if (delivery != null) {
            delivery.relist(replaced.list());
        }
    }

    /** What was changed on another node does not wait for the next second. */
    void changed(@Observes SubscriptionLists.Changed changed) {
        if (open.of(changed.id()) != null && !lookIsDue.getAndSet(true)) {
            open.later(this::lookAgain, Duration.ZERO);
        }
    }

    private void lookAgain() {
        lookIsDue.set(false);
        claimAndFollow();
    }

    /**
     * Writes down how far all have come that have moved.
     *
     * @param alsoIdle whether also of those where nothing happens, so that little is repeated after a restart
     */
    private void note(boolean alsoIdle) {
        List<Position> changed = new ArrayList<>();
        for (ListDelivery delivery : open.all()) {
            Position now = delivery.position(alsoIdle);
            if (!now.equals(noted.get(now.list()))) {
                changed.add(now);
            }
        }
        noted.keySet().removeIf(list -> open.of(list) == null);
        if (!changed.isEmpty()) {
            records.note(changed);
            changed.forEach(position -> noted.put(position.list(), position));
        }
    }

    /**
     * The server stops: what is under way is waited for, then others take over where this node is. Last of all, so that the
     * time that others take is not lost for it.
     */
    void leave(@Observes @Priority(Interceptor.Priority.APPLICATION + 900) ServerStop.Begun begun) {
        while (open.all().stream().anyMatch(ListDelivery::isUnderWay)
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
            open.all().forEach(delivery -> told.put(delivery.list().id(), notes.text(delivery.taken())));
            List.copyOf(open.all()).forEach(open::remove);
            records.release(told);
        } catch (RuntimeException away) {
            LOG.log(Level.WARNING, "Other nodes take over this one's lists only when its lease has run out", away);
        }
    }
}
