package io.rollcall.presentity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time goes on at about its own pace, whatever is done to the clocks. */
class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(10);

    private long nanos = 5;
    private Instant databases = NOON;
    private Duration answerTakes = Duration.ZERO;
    private final DatabaseClock clock = new DatabaseClock(this::answer, () -> nanos);

    private long answer() {
        nanos += answerTakes.toNanos();
        return databases.toEpochMilli();
    }

    @BeforeEach
    void read() {
        clock.adjust();
    }

    /** Lets time pass, and has the database's clock read as often as it is; gives how long it took by this clock. */
    private Duration pass(Duration time) {
        Instant before = clock.now();
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(BETWEEN_READINGS)) {
            nanos += BETWEEN_READINGS.toNanos();
            databases = databases.plus(BETWEEN_READINGS);
            Instant shown = clock.now();
            clock.adjust();
            assertThat(clock.now()).isAfterOrEqualTo(shown);
        }
        return Duration.between(before, clock.now());
    }

    @Test
    void it_is_the_databases_and_goes_on_between_two_readings() {
        nanos += Duration.ofMillis(700).toNanos();

        assertThat(clock.now()).isEqualTo(NOON.plusMillis(700));
    }

    @Test
    void put_forward_by_an_hour_nothing_is_over_that_has_minutes_left() {
        databases = databases.plus(Duration.ofHours(1));

        assertThat(pass(Duration.ofMinutes(30))).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(34));
        pass(Duration.ofHours(10));
        assertThat(clock.now()).isEqualTo(databases);
    }

    @Test
    void put_back_by_an_hour_what_has_to_end_ends() {
        databases = databases.minus(Duration.ofHours(1));

        assertThat(pass(Duration.ofMinutes(30))).isBetween(Duration.ofMinutes(26), Duration.ofMinutes(30));
        pass(Duration.ofHours(11));
        assertThat(clock.now()).isEqualTo(databases);
    }

    @Test
    void a_clock_that_was_wrong_by_days_is_believed_at_once() {
        databases = databases.plus(Duration.ofDays(3));
        clock.adjust();

        assertThat(clock.now()).isEqualTo(databases);
    }

    @Test
    void a_reading_that_took_long_is_none() {
        answerTakes = Duration.ofSeconds(30);
        clock.adjust();

        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(30));
    }
}
