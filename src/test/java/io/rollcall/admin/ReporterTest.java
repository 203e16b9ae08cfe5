package io.rollcall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.rollcall.metrics.Metrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private final Timer delivery = new Metrics().delivery();

    @Test
    void the_latency_is_that_of_most_of_what_came_since() {
        record(1000, 900);
        HistogramSnapshot before = snapshot();
        record(99, 2);
        record(1, 5_000);

        assertThat(Reporter.latency(before, snapshot())).isBetween(2.0, 3.0);
    }

    @Test
    void where_nothing_came_there_is_none() {
        record(10, 900);

        assertThat(Reporter.latency(snapshot(), snapshot())).isZero();
    }

    @Test
    void what_took_longer_than_any_bucket_counts_as_the_longest() {
        HistogramSnapshot before = snapshot();
        record(10, 60_000);

        assertThat(Reporter.latency(before, snapshot())).isBetween(9_000.0, 15_000.0);
    }

    private void record(int times, int millis) {
        for (int i = 0; i < times; i++) {
            delivery.record(Duration.ofMillis(millis));
        }
    }

    private HistogramSnapshot snapshot() {
        return delivery.takeSnapshot();
    }
}
