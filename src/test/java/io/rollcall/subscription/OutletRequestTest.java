package io.rollcall.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Format;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.webhook.Targets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a list with a delivery to a service outside, and what becomes of the list. */
class OutletRequestTest {
    private static final Targets TARGETS = new Targets(Optional.of("*"), true);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static ListRequest read(String more) {
        String json = "{\"accounts\":[\"alice@example.com\"]" + more + '}';
        return ListRequest.read(json.getBytes(StandardCharsets.UTF_8), 10, TARGETS);
    }

    private static Caller bob(boolean admin) {
        return new Caller("bob", Address.parse("bob@example.com").orElseThrow(), false, admin);
    }

    private static SubscriptionList list(Outlet outlet) {
        return new SubscriptionList(
                "list", bob(true), Delivery.JMS, 7, NOW, NOW.plusSeconds(60), Set.of(), Set.of(), outlet);
    }

    private static Outlet outlet(String maxRate, Event ended) {
        return new Outlet(Format.PIDF, maxRate, null, null, null, null, ended);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {"' '| 0.5", "', \"maxRate\":2'| 2", "', \"maxRate\":null'| none"})
    @DisplayName("RFC 6446 §5.2 — a limit stays, is changed, or is taken away")
    void a_limit_stays_unless_something_is_said_of_it(String more, String maxRate) {
        Outlet next = list(outlet("0.5", null)).replaced(read(more), bob(true), NOW, NOW).outlet();

        assertThat(next.maxRate()).isEqualTo(maxRate);
        assertThat(next.format()).isEqualTo(Format.PIDF);
    }

    @Test
    void a_delivery_that_has_ended_is_not_refreshed_and_begins_anew_with_its_entries() {
        SubscriptionList ended = list(outlet(null, Event.PROBATION));

        assertThatThrownBy(() -> ended.refreshed(bob(true), NOW.plusSeconds(90)))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.DELIVERY_ENDED))
                .hasMessageContaining("probation")
                .hasMessageContaining("PUT the list with its entries");
        assertThat(ended.replaced(read(""), bob(true), NOW, NOW).hasEnded()).isFalse();
    }

    @Test
    void a_refresh_by_one_who_is_no_administrator_any_more_makes_another_list_of_it() {
        SubscriptionList list = list(outlet(null, null));

        SubscriptionList refreshed = list.refreshed(bob(false), NOW.plusSeconds(90));

        assertThat(refreshed.owner().admin()).isFalse();
        assertThat(refreshed.revision()).as("so that whoever delivers it notices").isGreaterThan(list.revision());
        assertThat(list.refreshed(bob(true), NOW.plusSeconds(90)).revision()).isEqualTo(list.revision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"accounts\":[\"alice@example.com\"]", "{\"accounts\":[alice]}", "{accounts:[]}", "nonsense"})
    void what_is_no_json_is_told_where_it_is_none_in_words_of_our_own(String body) {
        assertThatThrownBy(() -> ListRequest.read(body.getBytes(StandardCharsets.UTF_8), 10, TARGETS))
                .isInstanceOf(Problem.class)
                .message()
                .contains("it is none at line 1, column ")
                .doesNotContain("token", "Unexpected", "Unrecognized", "Source:");
    }
}
