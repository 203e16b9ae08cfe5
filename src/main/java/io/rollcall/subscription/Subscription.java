package io.rollcall.subscription;

import io.rollcall.policy.Handling;
import org.jspecify.annotations.Nullable;

/**
 * One watcher's wish to see one account, and how far it has been told. Not safe for use by several threads: whoever
 * speaks for the watcher holds its lock.
 */
public final class Subscription {
    private final Watcher watcher;
    private final String address;
    private @Nullable Handling handling;
    private State state = State.INIT;
    private long version = -1;
    private long viewed = -1;
    private @Nullable Object lastLook;

    /** The states of RFC 6665 §4.1.2 and RFC 3857 §4.7.1 that a connected watcher can be in. */
    public enum State {
        INIT,
        PENDING,
        ACTIVE,
        TERMINATED
    }

    public Subscription(Watcher watcher, String address) {
        this.watcher = watcher;
        this.address = address;
    }

    public Watcher watcher() {
        return watcher;
    }

    /** The account watched. */
    public String address() {
        return address;
    }

    public State state() {
        return state;
    }

    /** The decision it followed last; null before the first. */
    public @Nullable Handling handling() {
        return handling;
    }

    /** Follows a decision; true if the watcher has to be told of a new state. A politely blocked one is active. */
    public boolean follow(Handling decided) {
        handling = decided;
        State next =
                switch (decided) {
                    case BLOCK -> State.TERMINATED;
                    case CONFIRM -> State.PENDING;
                    case POLITE_BLOCK, ALLOW -> State.ACTIVE;
                };
        boolean news = next != state && !(state == State.INIT && next == State.ACTIVE);
        state = next;
        return news;
    }

    /** Notes that the account is looked at as of this version; false if it was, or will have been, at a later one. */
    public boolean look(long accountVersion) {
        if (accountVersion < viewed) {
            return false;
        }
        viewed = accountVersion;
        return true;
    }

    /**
     * Notes what the watcher sees of an offline account; true if that is what it saw before.
     *
     * @param offline stands for all that an offline account shows; null if it is not offline
     */
    public boolean seesSameAgain(@Nullable Object offline) {
        boolean same = offline != null && offline.equals(lastLook);
        lastLook = offline;
        return same;
    }

    /** The account's version that was looked at last; -1 before the first look. */
    public long viewed() {
        return viewed;
    }

    /** Notes that the watcher is sent this version; false if it was sent it, or a later one, before. */
    public boolean advance(long newVersion) {
        if (newVersion <= version) {
            return false;
        }
        version = newVersion;
        return true;
    }
}
