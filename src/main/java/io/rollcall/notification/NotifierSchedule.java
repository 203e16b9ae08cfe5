package io.rollcall.notification;

import io.rollcall.presentity.ChangeLog;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.recurring.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What has to be done now and then so that watchers get what they should. */
@ApplicationScoped
class NotifierSchedule {
    @Inject
    private Notifier notifier;

    @Inject
    private Upkeep upkeep;

    @Inject
    private ListenerWatch watch;

    @Inject
    private WatcherFeeds feeds;

    @Inject
    private ListStreams lists;

    @Inject
    private Wishes wishes;

    @Inject
    private Writers writers;

    @Inject
    private Pacing pacing;

    @Inject
    private ChangeLog log;

    @Inject
    private DatabaseClock clock;

    @Inject
    @ConfigProperty(name = "rollcall.changes.kept", defaultValue = "PT2M")
    private Duration kept;

    @Inject
    @ConfigProperty(name = "rollcall.events.keep-alive", defaultValue = "PT15S")
    private Duration keepAlive;

    @Inject
    private Sweeps sweeps;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps.every(Duration.ofSeconds(1), notifier::catchUp);
        sweeps.every(Duration.ofSeconds(10), watch::look);
        sweeps.every(Duration.ofSeconds(10), clock::adjust);
        sweeps.every(Duration.ofSeconds(10), () -> log.forgetBefore(clock.now().minus(kept)));
        sweeps.every(Duration.ofSeconds(1), feeds::look);
        sweeps.every(Duration.ofSeconds(1), lists::look);
        sweeps.every(Duration.ofSeconds(1), wishes::look);
        sweeps.every(keepAlive, upkeep::keepAlive);
        sweeps.every(Duration.ofSeconds(1), upkeep::look);
        sweeps.every(Duration.ofMillis(20), writers::relieve);
        sweeps.every(Duration.ofMillis(20), pacing::tick);
    }
}
