package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.Subscriptions;
import io.rollcall.subscription.Watcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connected watcher with what it has not been sent yet: at most the newest state of each account, so that memory is
 * bounded and a slow watcher skips states but never the last one. One write is in flight at a time; what came meanwhile
 * goes out together in the next. Its monitor guards all of it.
 */
abstract class Outbox implements Watcher {
    private final Caller caller;
    private final Format format;
    private final Subscriptions registry;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<String, Notification> pending = new LinkedHashMap<>();
    private boolean writing;
    private boolean closed;
    private long writingSince;

    Outbox(Caller caller, Format format, Subscriptions registry) {
        this.caller = caller;
        this.format = format;
        this.registry = registry;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    Format format() {
        return format;
    }

    /** Starts one write; {@link #written} or {@link #close} must follow. Called with the monitor held. */
    abstract void write(List<Notification> notifications);

    /** Starts to write what keeps the connection alive, unless something else is being written. */
    abstract void writeKeepAlive();

    /** Closes the connection. */
    abstract void disconnect();

    /** Registers the wish to see an account; null if it is registered already. */
    synchronized @Nullable Subscription subscribe(String address) {
        if (closed || subscriptions.containsKey(address)) {
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
            pending.values().removeIf(notification -> notification.account().equals(address));
        }
    }

    synchronized int subscribed() {
        return subscriptions.size();
    }

    /** Takes what the watcher is to see of an account now; drops it if it is not newer than what it was sent. */
    synchronized void show(Subscription subscription, View view, Delivery delivery) {
        boolean sameDecision = subscription.handling() == view.handling();
        if (subscription.follow(view.handling())) {
            put(Notification.subscription(view.account(), subscription.state(), reason(subscription.state())));
        }
        Rendition rendition = view.rendition();
        if (rendition == null) {
            pending.remove(Notification.presenceKey(view.account()));
        } else if (subscription.advance(rendition.document().version()) && !(delivery.rulesOnly() && sameDecision)) {
            put(delivery.notification(rendition));
        }
    }

    /** Notes that the watcher has seen the account as it is now, over an earlier connection. */
    synchronized void resume(@Nullable Subscription subscription, View view) {
        if (subscription != null) {
            subscription.follow(view.handling());
            if (view.rendition() != null) {
                subscription.advance(view.rendition().document().version());
            }
        }
    }

    private static @Nullable String reason(Subscription.State state) {
        return state == Subscription.State.TERMINATED ? "rejected" : null;
    }

    synchronized void put(Notification notification) {
        if (!closed) {
            // the newest last: whoever has seen an event has seen, or will be sent, all before it
            pending.remove(notification.key());
            pending.put(notification.key(), notification);
        }
    }

    /** Writes what waits, unless a write is in flight. */
    synchronized void flush() {
        if (!writing && !closed && !pending.isEmpty()) {
            List<Notification> batch = new ArrayList<>(pending.values());
            pending.clear();
            writing = true;
            writingSince = System.nanoTime();
            write(batch);
        }
    }

    /** The write in flight is done. */
    synchronized void written() {
        writing = false;
        flush();
    }

    synchronized void keepAlive() {
        if (!writing && !closed && pending.isEmpty()) {
            writing = true;
            writingSince = System.nanoTime();
            writeKeepAlive();
        }
    }

    /** Whether one write has taken longer than that: the watcher does not read. */
    synchronized boolean isStuck(long nanos) {
        return writing && System.nanoTime() - writingSince > nanos;
    }

    /** Ends it: nothing is sent any more. */
    void close() {
        Collection<Subscription> ended;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            pending.clear();
            ended = List.copyOf(subscriptions.values());
            subscriptions.clear();
        }
        ended.forEach(registry::remove);
        disconnect();
    }
}
