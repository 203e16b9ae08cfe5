package io.rollcall.subscription;

import java.util.Locale;

/** The states of a subscription (RFC 3857 §4.7.1, RFC 6665 §4.1.2). */
public enum Status {
    /** Not there yet, or not decided on. */
    INIT,
    /** Wanted; the owner has not decided. */
    PENDING,
    /** Notified of every change. */
    ACTIVE,
    /** The wish of one who went before the owner decided, kept so that the owner finds it later. */
    WAITING,
    TERMINATED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Whether of two subscriptions of one watcher this is the one that tells how things are. */
    public boolean outweighs(Status other) {
        return weight() > other.weight();
    }

    private int weight() {
        return switch (this) {
            case ACTIVE -> 3;
            case PENDING -> 2;
            case WAITING -> 1;
            case INIT, TERMINATED -> 0;
        };
    }

    /** The word that documents carry. */
    public String word() {
        return word;
    }
}
