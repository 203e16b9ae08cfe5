package io.rollcall.publication;

import io.rollcall.document.Address;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.presentity.Presentity;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the publications that were not refreshed in time. Every node looks every second; the end is a change like any
 * other, so that exactly one of them announces it.
 */
@ApplicationScoped
class ExpirySweep {
    private static final Logger LOG = Logger.getLogger(ExpirySweep.class.getName());
    private static final int AT_ONCE = 1000;

    @Inject
    private Accounts accounts;

    @Inject
    private Publications publications;

    @Inject
    private DatabaseClock clock;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private @Nullable ScheduledFuture<?> sweeps;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps = scheduler.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        if (sweeps != null) {
            sweeps.cancel(false);
        }
    }

    private void sweep() {
        try {
            boolean more = true;
            while (more) {
                List<Presentity> expired = accounts.expired(clock.now(), AT_ONCE);
                more = end(expired) && expired.size() == AT_ONCE;
            }
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "Looking for expired publications failed; the next look is in a second", failure);
        }
    }

    /** Ends them; false if none of them could be. */
    private boolean end(List<Presentity> expired) {
        CompletableFuture<?>[] ends = expired.stream()
                .map(presentity -> publications.expire(
                        Address.parse(presentity.account()).orElseThrow(), presentity.tupleId()))
                .toArray(CompletableFuture[]::new);
        // one that another node ended, or its client refreshed, is refused: that is no failure
        CompletableFuture.allOf(ends).exceptionally(refused -> null).join();
        long ended = Arrays.stream(ends).filter(end -> !end.isCompletedExceptionally()).count();
        if (ended > 0) {
            LOG.info(() -> ended + " publications expired");
        }
        return ended > 0;
    }
}
