package io.rollcall.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: at random between nothing and a bound that doubles with each, so that those that
 * failed together do not come back together. Not safe for several threads.
 */
public final class Backoff {
    private final long first;
    private final long most;
    private final RandomGenerator random;
    private long bound;

    /**
     * @param first the bound after the first failure
     * @param most what the bound grows to
     */
    public Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first.toMillis();
        this.most = most.toMillis();
        this.random = random;
        this.bound = this.first;
    }

    /** How long to wait after one failure more. */
    public Duration next() {
        Duration wait = Duration.ofMillis(random.nextLong(bound + 1));
        bound = Math.min(most, 2 * bound);
        return wait;
    }

    /** Begins anew, after a success. */
    public void reset() {
        bound = first;
    }
}
