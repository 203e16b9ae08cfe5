package io.rollcall.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(10);

    /** Takes the most of what it may. */
    private static final RandomGenerator MOST_OF_IT = new Random() {
        private static final long serialVersionUID = 1L;

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void the_bound_doubles_up_to_the_most_and_begins_anew_after_a_success() {
        Backoff backoff = new Backoff(FIRST, MOST, MOST_OF_IT);

        assertThat(List.of(backoff.next(), backoff.next(), backoff.next(), backoff.next(), backoff.next(), backoff.next()))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(FIRST);
    }

    @Test
    void each_wait_is_at_random_between_nothing_and_the_bound() {
        List<Long> waits = new ArrayList<>();
        for (int seed = 0; seed < 1_000; seed++) {
            waits.add(new Backoff(FIRST, MOST, new Random(seed)).next().toMillis());
        }

        assertThat(waits).allMatch(wait -> wait >= 0 && wait <= 1_000);
        assertThat(waits).anyMatch(wait -> wait < 100).anyMatch(wait -> wait > 900);
    }
}
