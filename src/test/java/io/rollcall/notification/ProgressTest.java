package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress(10);

    @Test
    void groups_in_order_are_complete_at_once() {
        progress.add(11);
        progress.add(12);

        assertThat(progress.complete()).isEqualTo(12);
    }

    @Test
    void a_gap_holds_back_until_it_is_filled() {
        progress.add(12);
        progress.add(13);
        assertThat(progress.complete()).isEqualTo(10);
        assertThat(progress.includes(11)).isFalse();
        assertThat(progress.includes(12)).isTrue();

        progress.add(11);
        assertThat(progress.complete()).isEqualTo(13);
    }

    @Test
    void what_comes_twice_or_late_changes_nothing() {
        progress.add(11);
        progress.add(11);
        progress.add(3);

        assertThat(progress.complete()).isEqualTo(11);
        assertThat(progress.includes(3)).isTrue();
    }

    @Test
    void after_a_skip_what_came_early_counts() {
        progress.add(21);
        progress.skipTo(20);

        assertThat(progress.complete()).isEqualTo(21);
        progress.skipTo(5);
        assertThat(progress.complete()).isEqualTo(21);
    }
}
