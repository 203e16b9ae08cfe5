package io.rollcall.presentity;

import io.rollcall.recurring.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Forgets what has been kept for long enough. Every node looks now and then; each end is a change like any other. */
@ApplicationScoped
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class.getName());
    private static final int AT_ONCE = 500;

    @Inject
    private Accounts accounts;

    @Inject
    private Privacy privacy;

    @Inject
    private DatabaseClock clock;

    @Inject
    @ConfigProperty(name = "rollcall.retention.last-seen", defaultValue = "P365D")
    private Duration lastSeen;

    @Inject
    @ConfigProperty(name = "rollcall.retention.sweep", defaultValue = "PT1H")
    private Duration interval;

    @Inject
    private Sweeps sweeps;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps.every(interval, () -> forgetLastSeen(clock.now().minus(lastSeen)));
    }

    private void forgetLastSeen(Instant before) {
        List<String> old = accounts.lastSeenBefore(before, AT_ONCE);
        while (!old.isEmpty()) {
            long forgotten = old.stream()
                    .map(address -> privacy.forget(address, before))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .filter(done -> done)
                    .count();
            LOG.info(() -> forgotten + " accounts were last seen too long ago to be kept");
            // what another node or a new publication was faster at is found no more, or next time
            old = forgotten == 0 ? List.of() : accounts.lastSeenBefore(before, AT_ONCE);
        }
    }
}
