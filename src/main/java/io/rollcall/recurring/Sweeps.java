package io.rollcall.recurring;

import io.rollcall.metrics.Alarm;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** What a bean does again and again until it goes. A run that fails is logged, and the next one comes all the same. */
@Dependent
public class Sweeps {
    private static final Logger LOG = Logger.getLogger(Sweeps.class.getName());
    private static final long FIRST_MILLIS = 1000;

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    private ScheduledExecutorService scheduler;

    private final List<ScheduledFuture<?>> sweeps = new CopyOnWriteArrayList<>();

    /** For CDI. */
    @SuppressWarnings("NullAway.Init")
    protected Sweeps() {}

    Sweeps(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Begins; the first run is within a second.
     *
     * @param interval from the end of a run to the next one
     */
    public void every(Duration interval, Runnable work) {
        long millis = interval.toMillis();
        sweeps.add(scheduler.scheduleWithFixedDelay(
                () -> run(work), Math.min(millis, FIRST_MILLIS), millis, TimeUnit.MILLISECONDS));
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            Alarm.TASK_FAILED.raise(LOG, "A recurring task failed; it will be tried again", failure);
        }
    }

    /** Ends them all; a run that has begun goes on to its end. */
    @PreDestroy
    public void stop() {
        sweeps.forEach(sweep -> sweep.cancel(false));
    }
}
