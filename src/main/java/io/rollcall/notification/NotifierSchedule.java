package io.rollcall.notification;

import io.rollcall.presentity.ChangeLog;
import io.rollcall.presentity.DatabaseClock;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What has to be done now and then so that watchers get what they should. */
@ApplicationScoped
class NotifierSchedule {
    private static final Logger LOG = Logger.getLogger(NotifierSchedule.class.getName());

    @Inject
    private Notifier notifier;

    @Inject
    private Connections connections;

    @Inject
    private WatcherFeeds feeds;

    @Inject
    private ListStreams lists;

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

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final List<ScheduledFuture<?>> tasks = new ArrayList<>();

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        every(Duration.ofSeconds(1), notifier::catchUp);
        every(Duration.ofSeconds(10), clock::adjust);
        every(Duration.ofSeconds(10), () -> log.forgetBefore(clock.now().minus(kept)));
        every(Duration.ofSeconds(1), feeds::look);
        every(Duration.ofSeconds(1), lists::look);
        every(keepAlive, connections::keepAlive);
        every(Duration.ofMillis(20), writers::relieve);
        every(Duration.ofMillis(20), pacing::tick);
    }

    @PreDestroy
    void stop() {
        tasks.forEach(task -> task.cancel(false));
    }

    private void every(Duration interval, Runnable work) {
        tasks.add(scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException failure) {
                        LOG.log(Level.WARNING, "A recurring task failed; it will be tried again", failure);
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS));
    }
}
