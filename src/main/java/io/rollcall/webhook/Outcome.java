package io.rollcall.webhook;

import java.time.Duration;

/**
 * What became of an attempt to deliver something.
 *
 * @param error what was wrong, in a few words for whoever set the delivery up; empty where nothing was
 * @param retryAfter how long the other side wishes not to be asked again; zero if it does not say
 */
public record Outcome(Kind kind, String error, Duration retryAfter) {
    /** Everything was taken. */
    public static final Outcome TAKEN = new Outcome(Kind.TAKEN, "", Duration.ZERO);

    /** What an attempt comes to. */
    public enum Kind {
        TAKEN,
        /** Nothing, or not all, was taken; it may be another time. */
        FAILED,
        /** There is nobody who will ever take anything. */
        GONE
    }

    /** An attempt in vain. */
    public static Outcome failed(String error) {
        return new Outcome(Kind.FAILED, error, Duration.ZERO);
    }
}
