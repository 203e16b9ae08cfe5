package io.rollcall.subscription;

import io.rollcall.directory.Groups;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.problem.Problem;
import io.rollcall.recurring.Sweeps;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What has to be done now and then so that what is stored of subscriptions is true. */
@ApplicationScoped
class SubscriptionSchedule {
    private static final Logger LOG = Logger.getLogger(SubscriptionSchedule.class.getName());
    private static final int LISTS_AT_ONCE = 100;

    @Inject
    private Recorder recorder;

    @Inject
    private Reviewer reviewer;

    @Inject
    private SubscriptionLists lists;

    @Inject
    private Groups groups;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Sweeps sweeps;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        groups.onChange(reviewer::groupsChanged);
        sweeps.every(Duration.ofMillis(500), recorder::record);
        sweeps.every(Duration.ofMillis(500), reviewer::review);
        sweeps.every(Duration.ofSeconds(1), this::endExpiredLists);
        sweeps.every(Duration.ofSeconds(5), recorder::keepNodes);
        sweeps.every(Duration.ofMinutes(1), recorder::giveUp);
    }

    @PreDestroy
    void stop() {
        sweeps.stop();
        try {
            recorder.leave();
        } catch (RuntimeException alreadyStopping) {
            LOG.log(Level.FINE, "Other nodes will find out by themselves that this one went", alreadyStopping);
        }
    }

    private void endExpiredLists() {
        for (String id : lists.expired(LISTS_AT_ONCE)) {
            try {
                lists.end(id, clock.now()).ifPresent(reviewer::listEnded);
            } catch (Problem refreshed) {
                LOG.log(Level.FINE, "A list was refreshed, or ended by another node", refreshed);
            }
        }
    }
}
