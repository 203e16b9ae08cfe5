package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress(10);

    @Test
    void groups_in_order_are_complete_at_once() {
        progress.add(11);
        progress.add(12);

        assertThat(progress.reached()).isEqualTo(12);
    }

    @Test
    void a_gap_holds_back_until_it_is_filled() {
        progress.add(12);
        progress.add(13);
        assertThat(progress.reached()).isEqualTo(10);
        assertThat(progress.includes(11)).isFalse();
        assertThat(progress.includes(12)).isTrue();

        progress.add(11);
        assertThat(progress.reached()).isEqualTo(13);
    }

    @Test
    void what_comes_twice_or_late_changes_nothing() {
        progress.add(11);
        progress.add(11);
        progress.add(3);

        assertThat(progress.reached()).isEqualTo(11);
        assertThat(progress.includes(3)).isTrue();
    }

    @Test
    void after_a_skip_what_came_early_counts() {
        progress.add(21);
        progress.skipTo(20);

        assertThat(progress.reached()).isEqualTo(21);
        progress.skipTo(5);
        assertThat(progress.reached()).isEqualTo(21);
    }

    @Test
    void a_watcher_told_of_the_only_change_of_the_next_group_has_seen_all_up_to_it() {
        assertThat(progress.idFor(11, 1)).isEqualTo(11);
        progress.add(11);
        assertThat(progress.idFor(9, 1)).isEqualTo(9);
    }

    @Test
    void a_watcher_that_breaks_off_within_a_group_has_not_seen_the_group() {
        assertThat(progress.idFor(11, 2)).isEqualTo(10);
    }

    @Test
    void a_watcher_told_of_a_group_before_another_one_has_not_seen_that() {
        assertThat(progress.idFor(12, 1)).isEqualTo(10);
    }

    @Test
    void what_is_forgotten_before_it_was_dealt_with_is_noticed_whatever_came_before_it() {
        progress.add(12);

        assertThat(progress.isTooLate(11)).isFalse();
        assertThat(progress.isTooLate(13)).isTrue();
        assertThat(progress.isTooLate(Long.MAX_VALUE)).isTrue();
    }
}
