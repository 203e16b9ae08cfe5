package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import org.junit.jupiter.api.Test;

class PublicationLimitTest {
    private static final Address ALICE = new Address("alice", "example.com");
    private static final Address BOB = new Address("bob", "example.com");
    private static final long SECOND = 1_000_000_000L;

    private long now = Long.MAX_VALUE - SECOND;
    private final PublicationLimit limit = new PublicationLimit(10, () -> now);

    private int allowed(Address account, int tries) {
        int allowed = 0;
        for (int i = 0; i < tries; i++) {
            try {
                limit.count(account);
                allowed++;
            } catch (Problem tooMany) {
                assertThat(tooMany.kind()).isEqualTo(Kind.TOO_MANY_REQUESTS);
            }
        }
        return allowed;
    }

    @Test
    void a_quiet_account_may_send_four_seconds_worth_at_once_and_then_its_rate() {
        assertThat(allowed(ALICE, 100)).isEqualTo(40);
        now += SECOND; // over the end of the clock's numbers
        assertThat(allowed(ALICE, 100)).isEqualTo(10);
        now += SECOND / 2;
        assertThat(allowed(ALICE, 100)).isEqualTo(5);
        now += 60 * SECOND;
        assertThat(allowed(ALICE, 100)).isEqualTo(40);
    }

    @Test
    void accounts_do_not_count_for_each_other() {
        allowed(ALICE, 100);

        assertThat(allowed(BOB, 100)).isEqualTo(40);
    }

    @Test
    void the_refusal_says_when_to_come_back() {
        allowed(ALICE, 100);

        Problem tooMany = catchThrowableOfType(Problem.class, () -> limit.count(ALICE));

        assertThat(tooMany.extensions()).containsEntry("retryAfter", 1L);
        now += SECOND;
        assertThatCode(() -> limit.count(ALICE)).doesNotThrowAnyException();
    }

    @Test
    void only_those_who_publish_just_now_take_memory() {
        allowed(ALICE, 20);
        allowed(BOB, 1);
        now += SECOND;
        limit.forget();
        assertThat(limit.size()).isEqualTo(1);

        now += 2 * SECOND;
        limit.forget();
        assertThat(limit.size()).isZero();
    }

    @Test
    void zero_is_no_limit() {
        PublicationLimit none = new PublicationLimit(0, () -> now);

        assertThatCode(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        none.count(ALICE);
                    }
                })
                .doesNotThrowAnyException();
        assertThat(none.size()).isZero();
        assertThatThrownBy(() -> new PublicationLimit(-1, () -> now)).hasMessageContaining("limits.publications");
    }
}
