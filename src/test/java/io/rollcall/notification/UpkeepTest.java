package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rollcall.notification.Upkeep.Hanging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpkeepTest {
    private static final int PIECE = 60_000;

    @Test
    void of_those_who_do_not_read_the_ones_who_have_not_for_longest_are_ended_until_the_rest_fits() {
        assertThat(Upkeep.tooMuch(hanging(3, 9, 5, 7), 2 * PIECE)).extracting(Hanging::nanos).containsExactly(9L, 7L);
    }

    @Test
    void as_long_as_all_of_it_fits_nobody_is_ended() {
        assertThat(Upkeep.tooMuch(hanging(3, 9, 5, 7), 4 * PIECE)).isEmpty();
    }

    @Test
    void who_would_be_given_up_before_he_can_answer_is_not_served_at_all() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Upkeep(Duration.ofSeconds(15), Duration.ofSeconds(15), 1))
                .withMessageContaining("rollcall.events.give-up");
    }

    private static List<Hanging> hanging(long... nanos) {
        List<Hanging> hanging = new ArrayList<>();
        for (long one : nanos) {
            hanging.add(new Hanging(null, one, PIECE));
        }
        return hanging;
    }
}
