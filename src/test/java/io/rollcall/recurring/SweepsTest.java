package io.rollcall.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepsTest {
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final Sweeps sweeps = new Sweeps(scheduler);
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void shut_down() {
        scheduler.shutdownNow();
    }

    @Test
    void a_run_that_fails_is_not_the_last_one() {
        sweeps.every(Duration.ofMillis(1), () -> {
            if (runs.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("this run fails");
            }
            throw new StackOverflowError("and so does this one");
        });

        Await.until("it ran again", () -> runs.get() > 3);
    }

    @Test
    void the_first_run_is_soon_however_long_the_interval() {
        sweeps.every(Duration.ofDays(1), runs::incrementAndGet);

        Await.until("it ran", () -> runs.get() == 1);
    }

    @Test
    void none_runs_any_more_when_they_are_stopped() {
        sweeps.every(Duration.ofDays(1), runs::incrementAndGet);

        sweeps.stop();

        assertThat(scheduler.getQueue()).allMatch(sweep -> ((Future<?>) sweep).isCancelled());
    }
}
