package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.policy.Handling;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.Standing;
import io.rollcall.subscription.Status;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.Subscriptions;
import io.rollcall.subscription.Watcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A watcher with the accounts that it watches here: what it is shown of them goes into its outbox, unless it would learn
 * nothing by it. The outbox's monitor guards its subscriptions too.
 */
public abstract class Subscriber extends Outbox implements Watcher {
    private static final Standing NO_RESOURCE = Standing.of(Status.TERMINATED, Event.NORESOURCE);

    private final Caller caller;
    private final Subscriptions registry;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private int window;
    private @Nullable Held held;

    protected Subscriber(Caller caller, Subscriptions registry) {
        this.caller = caller;
        this.registry = registry;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    /** For the log. */
    @Override
    public String toString() {
        return "a connection of " + caller.account();
    }

    /**
     * Notes how often the watcher wishes to be told of the accounts it asks for from now on.
     *
     * @param millis from one notification of an account to the next at least; 0 for no limit
     */
    synchronized void wish(int millis) {
        window = millis;
    }

    /** Has the wish hold for an account that it watches. */
    synchronized void pace(String address, Pacing pacing) {
        Subscription subscription = subscriptions.get(address);
        int atLeast = pacing.atLeast(window);
        if (subscription != null && (atLeast > 0 || held != null)) {
            held = held == null ? new Held(this, pacing) : held;
            held.pace(subscription, atLeast);
        }
    }

    /** Registers the wish to see an account; null if it is registered already. */
    synchronized @Nullable Subscription subscribe(String address) {
        if (isClosed() || subscriptions.containsKey(address)) {
            return null;
        }
        Subscription subscription = new Subscription(this, address);
        subscriptions.put(address, subscription);
        registry.add(subscription);
        return subscription;
    }

    synchronized void unsubscribe(String address) {
        Subscription subscription = subscriptions.remove(address);
        if (subscription != null) {
            registry.remove(subscription);
            dropHeld(subscription);
            drop(address);
        }
    }

    /** Ends a wish that was not the watcher's own to end, and tells it why. */
    synchronized void end(String address, Event reason) {
        if (subscriptions.containsKey(address)) {
            unsubscribe(address);
            put(Notification.subscription(address, Standing.of(Status.TERMINATED, reason)));
        }
    }

    /** Ends all its wishes, which were not refreshed, and then the connection. */
    public void expire() {
        watched().forEach(address -> end(address, Event.TIMEOUT));
        end();
    }

    /** The accounts it wants to see. */
    synchronized Set<String> watched() {
        return Set.copyOf(subscriptions.keySet());
    }

    /** Takes what the watcher is to see of an account now; drops it if it is not newer, or tells nothing new. */
    synchronized void show(@Nullable Subscription subscription, View view, Broadcast broadcast) {
        if (subscription == null || !subscription.look(view.version())) {
            return;
        }
        if (view.handling() == Handling.ALLOW && view.rendition() == null) {
            // the wish stays: should the account come to be, the watcher is told
            dropHeld(subscription);
            subscription.show(null);
            put(Notification.subscription(view.account(), NO_RESOURCE));
            return;
        }
        boolean newState = follow(subscription, view.handling());
        if (newState) {
            put(Notification.subscription(view.account(), subscription.standing()));
        }
        Rendition rendition = view.rendition();
        if (rendition == null) {
            dropHeld(subscription);
            subscription.show(null);
            dropPresence(view.account());
        } else if (newState || !broadcast.showsSame(subscription.shown(), view)) {
            show(subscription, rendition, broadcast, newState);
        }
    }

    private void show(Subscription subscription, Rendition rendition, Broadcast broadcast, boolean newState) {
        // of a watcher that was not shown the account for a while, what it sees may be what it saw before
        if (subscription.advance(rendition.document().version()) || newState) {
            subscription.show(rendition.document());
            subscription.told(broadcast.millis());
            Notification notification = broadcast.notification(rendition);
            if (held == null || held.mayPass(subscription, notification, newState)) {
                put(notification);
            }
        }
    }

    private void dropHeld(Subscription subscription) {
        if (held != null) {
            held.drop(subscription);
        }
    }

    private boolean follow(Subscription subscription, Handling decided) {
        Standing before = subscription.standing();
        boolean newState = subscription.follow(decided);
        if (subscription.standing() != before) {
            registry.changed(subscription);
        }
        return newState;
    }

    /** Notes that the watcher has seen the account as it is now, over an earlier connection. */
    synchronized void resume(@Nullable Subscription subscription, View view) {
        if (subscription != null) {
            subscription.look(view.version());
            follow(subscription, view.handling());
            Rendition rendition = view.rendition();
            if (rendition != null) {
                subscription.advance(rendition.document().version());
                subscription.show(rendition.document());
            }
        }
    }

    /** Does not wait any longer for the decision of an account, if it does. */
    synchronized void giveUp(String address) {
        Subscription subscription = subscriptions.get(address);
        if (subscription != null) {
            giveUp(subscription);
        }
    }

    @Override
    public void giveUp(Subscription subscription) {
        synchronized (this) {
            if (subscription.giveUp()) {
                put(Notification.subscription(subscription.address(), subscription.standing()));
            }
        }
        flush();
    }

    /** When the watcher was told of an account last, in milliseconds since 1970; 0 if it never was. */
    synchronized long toldAt(Subscription subscription) {
        return subscription.toldAt();
    }

    /** Writes what was held back for long enough. */
    synchronized void release(long now) {
        if (held != null && !isClosed()) {
            held.release(now);
            flush();
        }
    }

    /** The number up to which nothing is held back. */
    protected synchronized long passedUpTo() {
        return held == null ? Long.MAX_VALUE : held.passedUpTo();
    }

    /** Takes back what could not be sent, of accounts that are still watched. */
    protected synchronized void putBack(List<Notification> unsent) {
        putBack(unsent, subscriptions::containsKey);
    }

    /** The wishes of which nothing waits to be sent. */
    protected synchronized List<Subscription> settled() {
        return subscriptions.values().stream().filter(this::isSettled).toList();
    }

    private boolean isSettled(Subscription subscription) {
        String account = subscription.address();
        return !holds(Notification.presenceKey(account))
                && !holds(Notification.subscriptionKey(account))
                && (held == null || !held.holds(subscription));
    }

    @Override
    void stop() {
        List<Subscription> ended;
        synchronized (this) {
            held = null;
            ended = List.copyOf(subscriptions.values());
            subscriptions.clear();
        }
        ended.forEach(registry::remove);
    }
}
