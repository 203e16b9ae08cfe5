package io.rollcall.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.policy.Handling;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("RFC 3857 §4.7.1 — the states of a subscription")
class StandingTest {
    private static final Set<String> ARROWS = Set.of(
            "PENDING APPROVED",
            "PENDING REJECTED",
            "PENDING TIMEOUT",
            "PENDING GIVEUP",
            "PENDING DEACTIVATED",
            "PENDING PROBATION",
            "PENDING NORESOURCE",
            "ACTIVE REJECTED",
            "ACTIVE NORESOURCE",
            "ACTIVE DEACTIVATED",
            "ACTIVE PROBATION",
            "ACTIVE TIMEOUT",
            "WAITING APPROVED",
            "WAITING REJECTED",
            "WAITING GIVEUP",
            "WAITING NORESOURCE");

    @ParameterizedTest
    @CsvSource({
        "ALLOW,ACTIVE,SUBSCRIBE",
        "POLITE_BLOCK,ACTIVE,SUBSCRIBE",
        "CONFIRM,PENDING,SUBSCRIBE",
        "BLOCK,TERMINATED,REJECTED"
    })
    void a_subscription_begins_as_the_policy_says(Handling policy, Status status, Event event) {
        assertThat(Standing.subscribed(policy)).isSameAs(Standing.of(status, event));
        assertThat(Standing.INIT.decided(policy)).isSameAs(Standing.of(status, event));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,APPROVED,ACTIVE",
        "PENDING,REJECTED,TERMINATED",
        "PENDING,TIMEOUT,WAITING",
        "PENDING,GIVEUP,TERMINATED",
        "PENDING,DEACTIVATED,TERMINATED",
        "PENDING,PROBATION,TERMINATED",
        "PENDING,NORESOURCE,TERMINATED",
        "ACTIVE,REJECTED,TERMINATED",
        "ACTIVE,NORESOURCE,TERMINATED",
        "ACTIVE,DEACTIVATED,TERMINATED",
        "ACTIVE,PROBATION,TERMINATED",
        "ACTIVE,TIMEOUT,TERMINATED",
        "WAITING,APPROVED,TERMINATED",
        "WAITING,REJECTED,TERMINATED",
        "WAITING,GIVEUP,TERMINATED",
        "WAITING,NORESOURCE,TERMINATED"
    })
    void an_event_leads_to_the_next_state(Status from, Event event, Status to) {
        assertThat(Standing.of(from, Event.SUBSCRIBE).after(event)).isSameAs(Standing.of(to, event));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void no_other_event_leads_anywhere(Status from) {
        for (Event event : Event.values()) {
            if (!ARROWS.contains(from + " " + event)) {
                assertThatThrownBy(() -> Standing.of(from, Event.SUBSCRIBE).after(event))
                        .describedAs(from + " by " + event)
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("RFC 5025 §3.2.1 — what a decision makes of a subscription")
    @CsvSource({
        "PENDING,ALLOW,ACTIVE,APPROVED",
        "PENDING,POLITE_BLOCK,ACTIVE,APPROVED",
        "PENDING,BLOCK,TERMINATED,REJECTED",
        "PENDING,CONFIRM,PENDING,SUBSCRIBE",
        "WAITING,ALLOW,TERMINATED,APPROVED",
        "WAITING,POLITE_BLOCK,TERMINATED,APPROVED",
        "WAITING,BLOCK,TERMINATED,REJECTED",
        "WAITING,CONFIRM,WAITING,SUBSCRIBE",
        "ACTIVE,ALLOW,ACTIVE,SUBSCRIBE",
        "ACTIVE,POLITE_BLOCK,ACTIVE,SUBSCRIBE",
        "ACTIVE,BLOCK,TERMINATED,REJECTED",
        "ACTIVE,CONFIRM,PENDING,SUBSCRIBE"
    })
    void a_decision_is_followed(Status from, Handling decision, Status to, Event event) {
        assertThat(Standing.of(from, Event.SUBSCRIBE).decided(decision)).isSameAs(Standing.of(to, event));
    }

    @Test
    void a_wish_that_still_stands_begins_anew_when_it_would_be_let() {
        Standing rejected = Standing.of(Status.TERMINATED, Event.REJECTED);
        assertThat(rejected.decided(Handling.ALLOW)).isSameAs(Standing.subscribed(Handling.ALLOW));
        assertThat(rejected.decided(Handling.CONFIRM)).isSameAs(Standing.subscribed(Handling.CONFIRM));
        assertThat(rejected.decided(Handling.BLOCK)).isSameAs(rejected);
    }

    @Test
    void one_that_was_given_up_waits_for_a_decision_not_for_another_turn() {
        Standing givenUp = Standing.of(Status.PENDING, Event.SUBSCRIBE).after(Event.GIVEUP);
        assertThat(givenUp.decided(Handling.CONFIRM)).isSameAs(givenUp);
        assertThat(givenUp.decided(Handling.ALLOW).status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    @DisplayName("RFC 6665 §4.1.3 — only what has ended has a reason")
    void only_what_has_ended_has_a_reason() {
        assertThat(Standing.of(Status.TERMINATED, Event.REJECTED).reason()).isEqualTo("rejected");
        assertThat(Standing.of(Status.ACTIVE, Event.APPROVED).reason()).isNull();
    }
}
