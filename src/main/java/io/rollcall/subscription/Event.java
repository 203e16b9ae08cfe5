package io.rollcall.subscription;

import java.util.Locale;

/**
 * What brings a subscription from one state to the next (RFC 3857 §4.7.1); where that is the last one, the word is also
 * the reason that the watcher is told (RFC 6665 §4.1.3).
 */
public enum Event {
    SUBSCRIBE,
    APPROVED,
    /** Ended by the server; the watcher may subscribe again at once. */
    DEACTIVATED,
    /** Ended by the server; the watcher should try again later. */
    PROBATION,
    REJECTED,
    /** Not refreshed in time, or given up by the watcher. */
    TIMEOUT,
    /** The owner did not decide in time, or too many of the watcher's wishes wait already. */
    GIVEUP,
    /** What was watched is no more. */
    NORESOURCE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word that documents carry. */
    public String word() {
        return word;
    }
}
