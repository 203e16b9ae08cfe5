package io.rollcall.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog<Integer> backlog = new Backlog<>("It failed");
    private final List<Integer> done = new ArrayList<>();

    @Test
    void each_is_dealt_with_once() {
        backlog.addAll(List.of(1, 2, 1));
        backlog.add(2);

        backlog.work(done::add);
        backlog.work(done::add);

        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void one_that_fails_keeps_no_other_from_its_turn_and_is_tried_again() {
        backlog.addAll(List.of(1, 2, 3));

        backlog.work(one -> {
            mustBeOdd(one);
            done.add(one);
        });
        assertThat(done).containsExactly(1, 3);

        backlog.work(done::add);
        assertThat(done).containsExactly(1, 3, 2);
    }

    @Test
    void where_all_fail_a_turn_is_short_and_the_next_one_begins_with_those_that_had_none() {
        backlog.addAll(IntStream.range(0, 25).boxed().toList());
        List<Integer> tried = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            backlog.work(one -> {
                tried.add(one);
                throw new IllegalStateException("the database is away");
            });
        }

        assertThat(tried).hasSize(30).startsWith(0, 1).contains(24);
    }

    @Test
    void what_is_named_while_it_is_dealt_with_waits_for_the_next_time() {
        backlog.add(1);
        backlog.work(one -> {
            done.add(one);
            backlog.add(one);
        });
        assertThat(done).containsExactly(1);

        backlog.work(done::add);
        assertThat(done).containsExactly(1, 1);
    }

    @Test
    void what_is_removed_is_left_undone() {
        backlog.addAll(List.of(1, 2));
        assertThat(backlog.remove(1)).isTrue();

        backlog.work(done::add);

        assertThat(done).containsExactly(2);
    }

    private static void mustBeOdd(int number) {
        if (number % 2 == 0) {
            throw new IllegalStateException("even");
        }
    }
}
