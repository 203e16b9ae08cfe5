package io.rollcall.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, never for a time; when patience ends, the test has failed. */
public final class Await {
    /** Far more than anything takes, so that only a defect runs into it. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long BETWEEN_LOOKS = Duration.ofMillis(10).toNanos();

    private Await() {}

    public static void until(String what, BooleanSupplier holds) {
        until(what, PATIENCE, holds);
    }

    public static void until(String what, Duration patience, BooleanSupplier holds) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("After " + patience.toSeconds() + " s still not so: " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }
}
