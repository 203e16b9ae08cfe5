package io.rollcall.delivery;

import io.rollcall.notification.News;
import io.rollcall.notification.Notification;
import io.rollcall.notification.Subscriber;
import io.rollcall.subscription.DeliveryRecords.Position;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.subscription.Subscriptions;
import io.rollcall.webhook.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A list whose events are brought to a service outside, which reads what is in the outbox. What it does not take waits, the
 * newest state of each account, and is brought again after a while.
 */
final class ListDelivery extends Subscriber {
    private static final Logger LOG = Logger.getLogger(ListDelivery.class.getName());
    private static final Duration UNTIL_SAFE = Duration.ofSeconds(1);

    private final OpenDeliveries deliveries;
    private final Courier courier;
    private final Backoff backoff;
    private final Course course;
    private volatile SubscriptionList list;
    private volatile long followed;
    private boolean begun;
    private boolean underWay;
    private Parcel last = Parcel.NOTHING;
    private @Nullable Future<?> again;

    ListDelivery(
            SubscriptionList list, long delivered, Courier courier, Subscriptions registry, OpenDeliveries deliveries) {
        super(list.owner(), registry);
        this.list = list;
        this.followed = list.revision();
        this.courier = courier;
        this.backoff = courier.backoff();
        this.deliveries = deliveries;
        this.course = new Course(delivered, list.outlet() == null ? null : list.outlet().failingSince());
    }

    @Override
    public boolean listed() {
        return true;
    }

    @Override
    public String toString() {
        return "list " + list.id();
    }

    SubscriptionList list() {
        return list;
    }

    /** From now on what waits is brought. */
    void begin() {
        synchronized (this) {
            begun = true;
        }
        flush();
    }

    /** The revision of the list whose accounts are watched. */
    long followed() {
        return followed;
    }

    /** The accounts of the list as it is in this revision are watched. */
    void followed(long revision) {
        followed = revision;
    }

    /** The list goes on as that: it may have another target, which is tried at once; the former one gets nothing more. */
    void relist(SubscriptionList now) {
        boolean waits;
        synchronized (this) {
            if (now.revision() <= list.revision()) {
                return;
            }
            list = now;
            // the same news may be written otherwise for it: as another parcel
            last = Parcel.NOTHING;
            backoff.reset();
            course.beginAnew();
            waits = again != null && again.cancel(false);
        }
        if (waits) {
            written();
        }
    }

    @Override
    protected boolean send(News waiting) {
        if (!begun || waiting.isEmpty() || deliveries.isLeaving() && !isEnding()) {
            return false;
        }
        last = pack(waiting);
        course.waits(deliveries.now());
        underWay = true;
        Parcel parcel = last;
        courier.threads(course.isFailing()).execute(() -> bring(parcel));
        return true;
    }

    private Parcel pack(News waiting) {
        // asked first: whatever belongs to a group up to that number waits already
        long reached = deliveries.reached();
        List<Notification> news = Parcel.take(waiting, Objects.requireNonNull(list.outlet()).format());
        return last.next(news, waiting.isEmpty() ? Math.min(reached, passedUpTo()) : 0);
    }

    private void bring(Parcel parcel) {
        if (isClosed()) {
            return;
        }
        if (deliveries.isLeaving() && !isEnding()) {
            leave(parcel);
            return;
        }
        if (!deliveries.isSafe() && !isEnding()) {
            // another node may have taken over
            leave(parcel);
            comeBack(list, UNTIL_SAFE);
            return;
        }
        SubscriptionList target = list;
        Outcome outcome = bring(parcel, target);
        if (outcome.kind() != Outcome.Kind.TAKEN && list != target) {
            // what its former target did says nothing of the one that it has now
            leave(parcel);
            written();
            return;
        }
        deliveries.count(list, parcel.news().size(), outcome);
        switch (outcome.kind()) {
            case TAKEN -> taken(parcel);
            case FAILED -> failed(parcel, target, outcome);
            case GONE -> deliveries.gone(this, target, outcome.error());
        }
    }

    private Outcome bring(Parcel parcel, SubscriptionList target) {
        try {
            return courier.carry(target, parcel.news(), parcel.id(), () -> isWanted(target));
        } catch (RuntimeException | Error failure) {
            LOG.log(Level.SEVERE, "News of list " + target.id() + " cannot be brought", failure);
            return Outcome.failed("the server failed");
        }
    }

    private boolean isWanted(SubscriptionList target) {
        return list == target && !isClosed() && (deliveries.isSafe() || isEnding());
    }

    /** It is not brought now. */
    private synchronized void leave(Parcel parcel) {
        putBack(parcel.news());
        underWay = false;
    }

    private void taken(Parcel parcel) {
        synchronized (this) {
            underWay = false;
            if (course.isFailing()) {
                LOG.info(() -> "List " + list.id() + " is delivered by " + list.delivery().word() + " again");
            }
            course.taken(parcel.upTo(), deliveries.now());
            last = Parcel.NOTHING;
            backoff.reset();
        }
        written();
    }

    private void failed(Parcel parcel, SubscriptionList target, Outcome outcome) {
        Instant since;
        Duration pause;
        synchronized (this) {
            if (!course.isFailing()) {
                LOG.info(() -> "List " + list.id() + " cannot be delivered by " + list.delivery().word() + ": "
                        + outcome.error() + "; it will be tried again");
            }
            since = course.failed(outcome.error(), deliveries.now());
            leave(parcel);
            Duration wait = backoff.next();
            pause = wait.compareTo(outcome.retryAfter()) > 0 ? wait : outcome.retryAfter();
        }
        if (isEnding()) {
            gone();
        } else if (courier.givesUpAfter(Duration.between(since, deliveries.now()))) {
            deliveries.giveUp(this, target, since, outcome.error());
        } else {
            comeBack(target, pause);
        }
    }

    /** Tries again after a while; at once if there is another target now, which none of this was about. */
    private synchronized void comeBack(SubscriptionList target, Duration pause) {
        again = isClosed() ? null : deliveries.later(this::written, list == target ? pause : Duration.ZERO);
    }

    /**
     * How far it has come.
     *
     * @param alsoIdle whether one where nothing waits shall be taken to have come as far as this node has
     */
    Position position(boolean alsoIdle) {
        long reached = deliveries.reached();
        synchronized (this) {
            if (alsoIdle && begun && isIdle() && passedUpTo() == Long.MAX_VALUE) {
                course.comesTo(reached);
            }
            return course.position(list.id());
        }
    }

    /** Whether something is being brought. */
    synchronized boolean isUnderWay() {
        return underWay && !isClosed();
    }

    /** The wishes of which the service took all there was to tell; none while that is not known. */
    synchronized List<Subscription> taken() {
        return underWay ? List.of() : settled();
    }

    /** Since when something waits that was not taken; null if nothing does. */
    synchronized @Nullable Instant waitingSince() {
        return course.waitingSince();
    }

    @Override
    public void gone() {
        deliveries.remove(this);
    }

    @Override
    protected void disconnect() {
        synchronized (this) {
            if (again != null) {
                again.cancel(false);
            }
        }
    }
}
