package io.rollcall.publication;

import static io.rollcall.publication.History.Action.MODIFY;
import static io.rollcall.publication.History.Action.READ;
import static io.rollcall.publication.History.Action.REFRESH;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.publication.History.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of what tests tell by {@link History}: it finds what must not happen. */
class HistoryTest {

    private static List<String> contradictions(Operation... operations) {
        return new History("first", List.of(operations)).contradictions();
    }

    @Test
    void what_overlaps_may_have_happened_in_either_order() {
        assertThat(contradictions(
                        new Operation(MODIFY, 0, 10, 1, 2, "a"),
                        new Operation(MODIFY, 0, 10, 1, 0, "b"),
                        new Operation(READ, 1, 9, 0, 1, "first"),
                        new Operation(REFRESH, 11, 12, 2, 3, ""),
                        new Operation(READ, 11, 12, 0, 3, "a"),
                        new Operation(MODIFY, 11, 13, 0, 4, "c")))
                .isEmpty();
    }

    @Test
    void a_stale_tag_that_wins_is_found() {
        assertThat(contradictions(
                        new Operation(MODIFY, 0, 1, 1, 2, "a"), new Operation(MODIFY, 2, 3, 1, 3, "b")))
                .singleElement()
                .asString()
                .startsWith("a stale tag won");
    }

    @Test
    void two_winners_of_one_race_are_found() {
        assertThat(contradictions(
                        new Operation(MODIFY, 0, 2, 1, 2, "a"), new Operation(MODIFY, 0, 2, 1, 2, "b")))
                .anyMatch(found -> found.startsWith("two successes"));
    }

    @Test
    void a_read_of_what_was_overwritten_before_it_began_is_found() {
        assertThat(contradictions(
                        new Operation(MODIFY, 0, 1, 1, 2, "a"), new Operation(READ, 2, 3, 0, 1, "first")))
                .singleElement()
                .asString()
                .startsWith("time went backwards");
    }

    @Test
    void a_read_of_what_nobody_wrote_or_had_sent_yet_is_found() {
        assertThat(contradictions(new Operation(READ, 0, 1, 0, 1, "invented"))).hasSize(1);
        assertThat(contradictions(
                        new Operation(READ, 0, 1, 0, 2, "a"), new Operation(MODIFY, 2, 3, 1, 2, "a")))
                .anyMatch(found -> found.startsWith("it met what was not there yet"));
    }

    @Test
    void a_refusal_for_no_reason_is_found() {
        assertThat(contradictions(new Operation(MODIFY, 0, 1, 1, 0, "a"))).hasSize(1);
        assertThat(contradictions(
                        new Operation(MODIFY, 0, 1, 1, 0, "a"), new Operation(READ, 2, 3, 0, 1, "first")))
                .anyMatch(found -> found.startsWith("time went backwards"));
    }
}
