package io.rollcall.notification;

import io.rollcall.subscription.Subscription;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is held back because a subscriber does not want to be told so often (RFC 6446): the newest state of each account.
 * Only such subscribers have one, and their monitor guards it.
 */
final class Held {
    private final Subscriber subscriber;
    private final Pacing pacing;
    private final Map<Subscription, Notification> notifications = new LinkedHashMap<>(4);
    /** When the subscriber will be looked at. */
    private long turn = Long.MAX_VALUE;

    Held(Subscriber subscriber, Pacing pacing) {
        this.subscriber = subscriber;
        this.pacing = pacing;
    }

    void pace(Subscription subscription, int window) {
        subscription.pace(window, pacing.now());
        comeBack();
    }

    /**
     * Whether the watcher may be told now; if not, it is kept until then, in the place of what was kept before.
     *
     * @param urgent neither the first state nor a change of the subscription is delayed (RFC 6446 §5.2)
     */
    boolean mayPass(Subscription subscription, Notification notification, boolean urgent) {
        long now = pacing.now();
        if (urgent || subscription.isFree(now)) {
            subscription.notified(now);
            drop(subscription);
            return true;
        }
        notifications.put(subscription, notification);
        comeBack();
        return false;
    }

    boolean holds(Subscription subscription) {
        return notifications.containsKey(subscription);
    }

    void drop(Subscription subscription) {
        notifications.remove(subscription);
    }

    /** Gives the subscriber what was kept for long enough; nothing if it is looked at later anyway. */
    void release(long now) {
        if (now < turn) {
            return;
        }
        notifications.entrySet().removeIf(entry -> {
            boolean free = entry.getKey().isFree(now);
            if (free) {
                entry.getKey().notified(now);
                subscriber.put(entry.getValue());
            }
            return free;
        });
        turn = Long.MAX_VALUE;
        comeBack();
    }

    /** Has the subscriber looked at when the first of all may be told. */
    private void comeBack() {
        long next = Long.MAX_VALUE;
        for (Subscription subscription : notifications.keySet()) {
            next = Math.min(next, subscription.freeAt());
        }
        if (next < turn) {
            turn = pacing.schedule(subscriber, next);
        }
    }

    /** The number up to which nothing is kept: more than that may not be said to have been seen. */
    long passedUpTo() {
        long passed = Long.MAX_VALUE;
        for (Notification notification : notifications.values()) {
            passed = Math.min(passed, notification.number() - 1);
        }
        return passed;
    }
}
