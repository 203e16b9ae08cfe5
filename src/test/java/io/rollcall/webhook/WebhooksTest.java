package io.rollcall.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {
    private final Timer timer = new Timer();
    private Runnable whileLookingUp = () -> {};

    private final Targets targets = new Targets(Optional.of("http://hooks.example.com:*"), true) {
        @Override
        List<InetAddress> addresses(URI url) {
            whileLookingUp.run();
            return List.of(InetAddress.getLoopbackAddress());
        }
    };

    private final Webhooks webhooks = new Webhooks(targets, new DatabaseClock(new Database()), timer);

    /** Time passes when the test says so. */
    private static final class Timer extends ScheduledThreadPoolExecutor {
        Runnable due = () -> {};
        Duration after = Duration.ZERO;

        Timer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            due = work;
            after = Duration.of(delay, unit.toChronoUnit());
            return super.schedule(() -> {}, 1, TimeUnit.HOURS);
        }
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void the_time_in_which_a_name_is_looked_up_is_part_of_the_ten_seconds() {
        whileLookingUp = () -> timer.due.run();

        Outcome outcome = webhooks.post(
                URI.create("http://hooks.example.com:1/"), Secret.generate(), "id", new byte[0], () -> true);

        assertThat(timer.after).isEqualTo(Webhooks.LONGEST);
        assertThat(outcome).isEqualTo(Outcome.failed("it takes too long"));
    }

    @Test
    void one_that_the_operator_does_not_allow_any_more_is_not_looked_up() {
        whileLookingUp = () -> {
            throw new AssertionError("looked up");
        };

        Outcome outcome =
                webhooks.post(URI.create("https://elsewhere.example/"), Secret.generate(), "id", new byte[0], () -> true);

        assertThat(outcome.error()).contains("does not allow it");
    }
}
