package io.rollcall.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.policy.Question;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import io.rollcall.policy.Validity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KnownRulesTest {
    private static final Address BOB = Address.parse("bob@example.com").orElseThrow();
    private static final Instant BEGINNING = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");
    private static final Decision HIDDEN = Decision.of(Handling.BLOCK, "default");

    private static KnownRules asOf(Instant time) {
        Rule rule = new Rule(
                "a", List.of(new Validity(List.of(new Validity.Period(BEGINNING, END)))), Handling.ALLOW, Provision.NOTHING);
        return new KnownRules(new Rules(
                1, 1, new Ruleset(List.of(rule)), Map.of(), History.EMPTY, time, null));
    }

    @Test
    @DisplayName("RFC 4745 §7.4 — what was valid for ever until it ended is over once it has ended")
    void rules_that_no_time_to_come_changes_are_asked_at_a_time_that_was() {
        KnownRules known = asOf(END);
        Question question = new Question(BOB, known.time(() -> END.plusSeconds(1)), null, (group, member) -> false);

        assertThat(known.rules().decide(question, HIDDEN).handling()).isEqualTo(Handling.BLOCK);
    }

    @Test
    void what_is_decided_late_for_an_earlier_time_is_not_remembered_for_a_later_one() {
        KnownRules known = asOf(END.minusSeconds(9));
        known.decided(null, END, 0);
        known.decided(null, END.minusMillis(1), 0).put(BOB, Decision.of(Handling.ALLOW, "rules"));

        assertThat(known.decided(null, END, 0)).isEmpty();
    }

    @Test
    void more_watchers_than_are_remembered_do_not_make_all_others_forgotten() {
        KnownRules known = asOf(END);
        for (int i = 0; i < 12_000; i++) {
            Address watcher = Address.parse("w" + i + "@example.com").orElseThrow();
            known.decided(null, END, 0).put(watcher, HIDDEN);
        }

        assertThat(known.decided(null, END, 0)).hasSizeBetween(9_000, 10_000);
    }
}
