package io.rollcall.presentity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Whether what this node announces comes back to it, as it must to every node that listens. A broker may take
 * announcements while what should listen to them is dead: nothing but silence tells.
 */
final class Echo {
    private static final long BETWEEN_CALLS = Duration.ofSeconds(1).toNanos();
    private static final long NOTHING = 0;

    private final String own = UUID.randomUUID().toString();
    private long calledAt;
    private long unansweredSince = NOTHING;

    /** What is called; no other node calls the same. */
    byte[] call() {
        return own.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Whether it is time to call again.
     *
     * @param now {@link System#nanoTime}, as everywhere here
     */
    synchronized boolean isDue(long now) {
        return calledAt == NOTHING || now - calledAt >= BETWEEN_CALLS;
    }

    synchronized void called(long now) {
        calledAt = now;
        if (unansweredSince == NOTHING) {
            unansweredSince = now;
        }
    }

    /** Takes a call that was heard, this node's or another one's. */
    synchronized void heard(String call) {
        if (call.equals(own)) {
            unansweredSince = NOTHING;
        }
    }

    /** The broker did not take what was sent: that nothing comes back means nothing. */
    synchronized void missed() {
        unansweredSince = NOTHING;
    }

    /** For how long nothing has come back, although the broker takes it. */
    synchronized Duration silence(long now) {
        return unansweredSince == NOTHING ? Duration.ZERO : Duration.ofNanos(now - unansweredSince);
    }
}
