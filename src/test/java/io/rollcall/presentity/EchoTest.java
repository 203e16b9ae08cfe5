package io.rollcall.presentity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EchoTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Echo echo = new Echo();

    private static String call(Echo of) {
        return new String(of.call(), StandardCharsets.UTF_8);
    }

    @Test
    void silence_lasts_from_the_first_call_that_was_not_answered() {
        echo.called(SECOND);
        echo.called(2 * SECOND);

        assertThat(echo.silence(4 * SECOND)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void it_ends_with_the_answer() {
        echo.called(SECOND);
        echo.heard(call(echo));

        assertThat(echo.silence(4 * SECOND)).isZero();
    }

    @Test
    void another_nodes_call_is_no_answer() {
        echo.called(SECOND);
        echo.heard(call(new Echo()));

        assertThat(echo.silence(4 * SECOND)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void while_the_broker_is_away_nothing_can_come_back() {
        echo.called(SECOND);
        echo.missed();

        assertThat(echo.silence(4 * SECOND)).isZero();
    }

    @Test
    void it_is_called_once_a_second() {
        assertThat(echo.isDue(SECOND)).isTrue();
        echo.called(SECOND);

        assertThat(echo.isDue(SECOND + SECOND / 2)).isFalse();
        assertThat(echo.isDue(2 * SECOND)).isTrue();
    }
}
