package io.rollcall.publication;

import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many publications a second one account may send to this node, refreshes included. An account that was quiet for a
 * while may send as many as it saved up at once.
 *
 * @implNote The generic cell rate algorithm: one number an account, the time until which what it has sent so far would
 *     have taken at the allowed rate. A number that has passed says nothing and is dropped, so that only those who
 *     publish just now take memory. Two threads that meet at that moment may let one publication too many through.
 */
@ApplicationScoped
class PublicationLimit {
    private static final long SECOND = 1_000_000_000L;
    private static final long SAVED_UP = 4 * SECOND;

    private final long interval;
    private final LongSupplier clock;
    private final ConcurrentHashMap<Address, AtomicLong> busyUntil = new ConcurrentHashMap<>();

    /** For CDI's proxy. */
    protected PublicationLimit() {
        this(0, () -> 0);
    }

    @Inject
    public PublicationLimit(@ConfigProperty(name = "rollcall.limits.publications", defaultValue = "50") int rate) {
        this(rate, System::nanoTime);
    }

    /**
     * @param rate publications a second; 0 for no limit
     * @param clock nanoseconds from whatever time on
     */
    PublicationLimit(int rate, LongSupplier clock) {
        if (rate < 0) {
            throw new IllegalArgumentException("rollcall.limits.publications is a number a second, or 0 for no limit");
        }
        this.interval = rate == 0 ? 0 : SECOND / rate;
        this.clock = clock;
    }

    /**
     * Counts a publication.
     *
     * @throws Problem {@link Kind#TOO_MANY_REQUESTS} with the member {@code retryAfter}, in seconds; it is not counted
     */
    void count(Address account) {
        if (interval == 0) {
            return;
        }
        AtomicLong until = busyUntil.computeIfAbsent(account, any -> new AtomicLong(clock.getAsLong()));
        long now = clock.getAsLong();
        for (long before = until.get(); ; before = until.get()) {
            long start = before - now < 0 ? now : before;
            if (start - now > SAVED_UP - interval) {
                throw tooMany(start - now - SAVED_UP + interval);
            }
            if (until.compareAndSet(before, start + interval)) {
                return;
            }
        }
    }

    private static Problem tooMany(long nanos) {
        return new Problem(Kind.TOO_MANY_REQUESTS, "The account publishes more often than it may; publish its newest "
                        + "state later")
                .with("retryAfter", Math.max(1, (nanos + SECOND - 1) / SECOND));
    }

    /** Drops what says nothing any more; to be called now and then. */
    void forget() {
        long now = clock.getAsLong();
        busyUntil.forEach((account, until) -> {
            if (until.get() - now < 0) {
                busyUntil.remove(account, until);
            }
        });
    }

    /** Of how many accounts something is known. */
    int size() {
        return busyUntil.size();
    }
}
