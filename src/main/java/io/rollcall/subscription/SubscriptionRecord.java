package io.rollcall.subscription;

import org.jspecify.annotations.Nullable;

/**
 * What is stored of a subscription, so that every node knows of it, and of a request also when nobody is connected.
 *
 * @param carrier what it hangs on, see {@link Carrier}
 * @param since when it was first wanted; milliseconds since 1970
 * @param expiresAt when a waiting one is given up; null for all others
 */
public record SubscriptionRecord(
        String account, String watcher, String carrier, Standing standing, long since, @Nullable Long expiresAt) {

    SubscriptionRecord standing(Standing next) {
        return new SubscriptionRecord(account, watcher, carrier, next, since, expiresAt);
    }

    /** A pending one whose watcher has gone: the wish is kept until then. */
    SubscriptionRecord leftWaiting(long until) {
        return new SubscriptionRecord(account, watcher, Carrier.REQUEST, standing.after(Event.TIMEOUT), since, until);
    }

    Key key() {
        return new Key(account, watcher);
    }

    /** Who watches whom. */
    record Key(String account, String watcher) {}
}
