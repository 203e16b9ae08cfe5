package io.rollcall.presentity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Groups of four, and a patience of a second. */
class ChangeQueueTest {
    private static final int MANY = 1_000;
    private static final int GROUP = 4;

    private final AtomicLong now = new AtomicLong();
    private final ChangeQueue queue = new ChangeQueue(MANY, GROUP, Duration.ofSeconds(1), now::get);

    @Test
    void a_group_is_what_waits_and_no_more_than_may_be_stored_together() throws InterruptedException {
        offer(GROUP + 1, 0);

        assertThat(queue.takeGroup()).hasSize(GROUP);
        assertThat(queue.takeGroup()).hasSize(1);
        assertThat(queue.size()).isZero();
    }

    @Test
    void large_changes_fill_a_group_sooner() throws InterruptedException {
        offer(GROUP, 3 * 1024 * 1024);

        assertThat(queue.takeGroup()).hasSize(2);
    }

    @Test
    void what_will_be_stored_soon_is_taken_however_much_it_is() throws InterruptedException {
        groupsTake(Duration.ofMillis(1));

        assertThat(offer(MANY, 0)).isEqualTo(MANY);
        assertThat(offer(1, 0)).isZero();
    }

    @Test
    void what_would_wait_for_too_long_is_refused() throws InterruptedException {
        groupsTake(Duration.ofMillis(250));

        // four groups are a second; who finds more before it is refused
        assertThat(offer(MANY, 0)).isEqualTo(5 * GROUP);
    }

    @Test
    void large_changes_wait_longer() throws InterruptedException {
        groupsTake(Duration.ofMillis(250));

        assertThat(offer(MANY, 4 * 1024 * 1024)).isEqualTo(5);
    }

    @Test
    void room_comes_back_as_changes_are_stored_or_taken_back() throws InterruptedException {
        groupsTake(Duration.ofMillis(250));
        offer(MANY, 1024);
        PendingChange<String> last = new PendingChange<>(new Nothing(1024));

        queue.takeGroup();
        assertThat(queue.offer(last)).isTrue();
        assertThat(queue.remove(last)).isTrue();
        assertThat(queue.remove(last)).isFalse();
        assertThat(offer(MANY, 1024)).isEqualTo(GROUP);
    }

    @Test
    void while_a_group_hangs_one_more_may_wait_and_nobody_else() throws InterruptedException {
        groupsTake(Duration.ofMillis(1));
        offer(1, 0);
        queue.takeGroup();
        assertThat(offer(2 * GROUP, 0)).isEqualTo(2 * GROUP);

        pass(Duration.ofMillis(600));

        assertThat(offer(1, 0)).isZero();
        queue.takeGroup();
        queue.takeGroup();
        pass(Duration.ofMinutes(1));
        assertThat(offer(2 * GROUP, 0)).isEqualTo(GROUP);
    }

    @Test
    void a_hang_that_is_over_is_soon_forgotten() throws InterruptedException {
        groupsTake(Duration.ofMinutes(1));
        groupsTake(Duration.ofMillis(1));

        assertThat(offer(MANY, 0)).isEqualTo(MANY);
    }

    /** Often enough that it becomes the usual. */
    private void groupsTake(Duration each) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            offer(1, 0);
            queue.takeGroup();
            pass(each);
            queue.stored();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** How many of so many are taken. */
    private int offer(int changes, int size) {
        int taken = 0;
        for (int i = 0; i < changes; i++) {
            taken += queue.offer(new PendingChange<>(new Nothing(size))) ? 1 : 0;
        }
        return taken;
    }

    private record Nothing(int size) implements Change<String> {
        @Override
        public String address() {
            return Examples.ALICE;
        }

        @Override
        public Outcome<String> decide(AccountPresence now, Instant time) {
            return new Outcome<>(now, "nothing was done");
        }
    }
}
