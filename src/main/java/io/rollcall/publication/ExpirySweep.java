package io.rollcall.publication;

import io.rollcall.document.Address;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.presentity.Presentity;
import io.rollcall.recurring.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Ends what is over: publications that were not refreshed in time, what in them holds until a time only (RFC 4480 §3.1),
 * and owners' words. Every node looks every second; the end is a change like any other, so that exactly one of them
 * announces it.
 */
@ApplicationScoped
class ExpirySweep {
    private static final Logger LOG = Logger.getLogger(ExpirySweep.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int AT_ONCE = 1000;

    @Inject
    private Accounts accounts;

    @Inject
    private Publications publications;

    @Inject
    private OwnWords words;

    @Inject
    private PublicationLimit limit;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Sweeps sweeps;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps.every(EVERY, this::endPublications);
        sweeps.every(EVERY, this::endWords);
        sweeps.every(EVERY, limit::forget);
    }

    private void endPublications() {
        Instant now = clock.now();
        end(() -> accounts.due(now, AT_ONCE), due -> end(due, now), "publications expired, or something in them");
    }

    private void endWords() {
        Instant now = clock.now();
        end(() -> accounts.silenced(now, AT_ONCE), this::end, "owners' words ended");
    }

    private <T> void end(Supplier<List<T>> look, Function<T, CompletableFuture<?>> end, String what) {
        boolean more = true;
        while (more) {
            List<T> over = look.get();
            CompletableFuture<?>[] ends = over.stream().map(end).toArray(CompletableFuture[]::new);
            // one that another node ended, or that was renewed, is refused: that is no failure
            CompletableFuture.allOf(ends).exceptionally(refused -> null).join();
            long ended = Arrays.stream(ends).filter(one -> !one.isCompletedExceptionally()).count();
            if (ended > 0) {
                LOG.info(() -> ended + " " + what);
            }
            more = ended > 0 && over.size() == AT_ONCE;
        }
    }

    private CompletableFuture<?> end(Presentity presentity, Instant now) {
        Address account = Address.parse(presentity.account()).orElseThrow();
        return presentity.expiresAt().isAfter(now)
                ? publications.turn(account, presentity.tupleId())
                : publications.expire(account, presentity.tupleId());
    }

    private CompletableFuture<?> end(String account) {
        return words.expire(Address.parse(account).orElseThrow());
    }
}
