package io.rollcall.subscription;

import io.rollcall.directory.Caller;

/** One who watches, over one connection. */
public interface Watcher {
    /** Who it is, with the roles it had when it connected. */
    Caller caller();

    /** Whether its wishes are those of a subscription list, which stand also without this connection. */
    default boolean listed() {
        return false;
    }

    /** Is told that a subscription is not kept waiting for a decision any longer. */
    void giveUp(Subscription subscription);
}
