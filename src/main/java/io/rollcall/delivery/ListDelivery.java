package io.rollcall.delivery;

import io.rollcall.http.Format;
import io.rollcall.notification.News;
import io.rollcall.notification.Notification;
import io.rollcall.notification.Rendition;
import io.rollcall.notification.Subscriber;
import io.rollcall.subscription.Deliveries.Position;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.subscription.Subscriptions;
import io.rollcall.webhook.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
    private static final int MOST_EVENTS = 100;
    private static final int MOST_BYTES = 512 * 1024;
    private static final Duration UNTIL_SAFE = Duration.ofSeconds(1);

    private final ListDeliveries deliveries;
    private final Courier courier;
    private final Backoff backoff;
    private volatile SubscriptionList list;
    private volatile long followed;
    private boolean begun;
    private boolean underWay;
    private List<Notification> lastNews = List.of();
    private String lastId = "";
    private @Nullable Future<?> again;
    private long delivered;
    private @Nullable Instant toldAt;
    private @Nullable Instant waitingSince;
    private @Nullable Instant failingSince;
    private @Nullable String error;

    ListDelivery(
            SubscriptionList list, long delivered, Courier courier, Subscriptions registry, ListDeliveries deliveries) {
        super(list.owner(), registry);
        this.list = list;
        this.followed = list.revision();
        this.delivered = delivered;
        this.courier = courier;
        this.backoff = courier.backoff();
        this.deliveries = deliveries;
        this.failingSince = list.outlet() == null ? null : list.outlet().failingSince();
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
            backoff.reset();
            failingSince = null;
            error = null;
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
        // asked first: whatever belongs to a group up to that number waits already
        long reached = deliveries.reached();
        List<Notification> news = take(waiting);
        long upTo = waiting.isEmpty() ? Math.min(reached, passedUpTo()) : 0;
        if (!news.equals(lastNews)) {
            lastNews = news;
            lastId = UUID.randomUUID().toString();
        }
        if (waitingSince == null) {
            waitingSince = deliveries.now();
        }
        underWay = true;
        String id = lastId;
        courier.threads(failingSince != null).execute(() -> bring(news, id, upTo));
        return true;
    }

    private List<Notification> take(News waiting) {
        Format format = Objects.requireNonNull(list.outlet()).format();
        List<Notification> news = new ArrayList<>();
        int bytes = 0;
        Iterator<Notification> next = waiting.iterator();
        while (next.hasNext() && news.size() < MOST_EVENTS && bytes < MOST_BYTES) {
            Notification notification = next.next();
            next.remove();
            news.add(notification);
            Rendition rendition = notification.rendition();
            bytes += rendition == null ? 0 : rendition.bytes(format).length;
        }
        return news;
    }

    private void bring(List<Notification> news, String id, long upTo) {
        if (isClosed()) {
            return;
        }
        if (deliveries.isLeaving() && !isEnding()) {
            leave(news);
            return;
        }
        if (!deliveries.isSafe() && !isEnding()) {
            // another node may have taken over
            leave(news);
            comeBack(UNTIL_SAFE);
            return;
        }
        SubscriptionList target = list;
        Outcome outcome;
        try {
            outcome = courier.carry(target, news, id, () -> list == target && !isClosed());
        } catch (RuntimeException | Error failure) {
            LOG.log(Level.SEVERE, "News of list " + list.id() + " cannot be brought", failure);
            outcome = Outcome.failed("the server failed");
        }
        if (outcome.kind() != Outcome.Kind.TAKEN && list != target) {
            // what its former target did says nothing of the one that it has now
            leave(news);
            written();
            return;
        }
        deliveries.count(list, news.size(), outcome);
        switch (outcome.kind()) {
            case TAKEN -> taken(upTo);
            case FAILED -> failed(news, outcome);
            case GONE -> deliveries.gone(this, outcome.error());
        }
    }

    /** These are not brought now. */
    private synchronized void leave(List<Notification> news) {
        putBack(news);
        underWay = false;
    }

    private void taken(long upTo) {
        synchronized (this) {
            underWay = false;
            if (failingSince != null) {
                LOG.info(() -> "List " + list.id() + " is delivered by " + list.delivery().word() + " again");
            }
            delivered = Math.max(delivered, upTo);
            toldAt = deliveries.now();
            failingSince = null;
            error = null;
            waitingSince = null;
            lastNews = List.of();
            backoff.reset();
        }
        written();
    }

    private void failed(List<Notification> news, Outcome outcome) {
        Instant since;
        Duration pause;
        synchronized (this) {
            if (failingSince == null) {
                failingSince = deliveries.now();
                LOG.info(() -> "List " + list.id() + " cannot be delivered by " + list.delivery().word() + ": "
                        + outcome.error() + "; it will be tried again");
            }
            since = failingSince;
            error = outcome.error();
            leave(news);
            Duration wait = backoff.next();
            pause = wait.compareTo(outcome.retryAfter()) > 0 ? wait : outcome.retryAfter();
        }
        if (isEnding()) {
            gone();
        } else if (courier.givesUpAfter(Duration.between(since, deliveries.now()))) {
            deliveries.giveUp(this, since, outcome.error());
        } else {
            comeBack(pause);
        }
    }

    private synchronized void comeBack(Duration pause) {
        again = isClosed() ? null : deliveries.later(this::written, pause);
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
                delivered = Math.max(delivered, reached);
            }
            return new Position(list.id(), delivered, toldAt, failingSince, error);
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
        return waitingSince;
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
