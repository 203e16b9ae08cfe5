package io.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.http.RefusedSignIn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusedSignInsTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final RefusedSignIns refusals = new RefusedSignIns();
    private final RefusedSignIn alice = new RefusedSignIn("alice@example.com", "192.0.2.1", "form");

    @Test
    void the_first_is_kept_at_once() {
        refusals.add(alice, 0);

        assertThat(refusals.takeDue(1)).containsOnlyKeys(alice).containsValue(1);
        assertThat(refusals.takeDue(2)).isEmpty();
    }

    @Test
    void those_that_follow_are_gathered_for_a_minute() {
        refusals.add(alice, 0);
        refusals.takeDue(1);
        for (int i = 0; i < 5_000; i++) {
            refusals.add(alice, 2);
        }

        assertThat(refusals.takeDue(3)).isEmpty();
        assertThat(refusals.takeDue(MINUTE + 1)).containsOnlyKeys(alice).containsValue(5_000);
    }

    @Test
    void one_that_stopped_is_forgotten_and_then_kept_at_once_again() {
        refusals.add(alice, 0);
        refusals.takeDue(1);
        refusals.takeDue(MINUTE + 1);
        refusals.add(alice, MINUTE + 2);

        assertThat(refusals.takeDue(MINUTE + 3)).containsOnlyKeys(alice);
    }

    @Test
    void who_comes_from_ever_other_addresses_does_not_fill_the_log() {
        for (int i = 0; i < 10_000; i++) {
            refusals.add(new RefusedSignIn("unknown", "2001:db8::" + i, "basic"), 0);
        }

        assertThat(refusals.takeDue(1)).hasSize(101).containsValue(9_900);
        assertThat(refusals.takeDue(2)).isEmpty();
    }
}
