package io.rollcall.authorization;

import static io.rollcall.client.Client.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.policy.Handling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see what, and who decides it (RFC 5025 §3.2.1). */
class AuthorizationIT {
    private static final String BUSY = "{\"state\":\"busy\"}";
    private static final String BOB = "bob@example.com";
    private static final String ZOE = "zoe@partner.example";

    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final Client bob = Client.as("bob");
    private final String account = Client.newAccount();

    @Test
    void without_a_decision_the_own_domain_sees_and_others_wait() {
        service.login(account, BUSY);

        bob.get(Client.presence(account)).is(200);
        Client.as("zoe").get(Client.presence(account)).isProblem(403, "pending");
        assertThat(effective(BOB)).isEqualTo("allow default");
        assertThat(effective(ZOE)).isEqualTo("confirm default");
    }

    @ParameterizedTest
    @CsvSource({"block,403,blocked", "confirm,403,pending", "polite-block,200,offline", "allow,200,busy"})
    void a_decision_overrules_what_is_configured(String handling, int status, String seen) {
        service.login(account, BUSY);
        admin.decide(account, BOB, handling);

        if (status == 200) {
            assertThat(bob.get(Client.presence(account)).is(200).json().path("state").asText()).isEqualTo(seen);
        } else {
            bob.get(Client.presence(account)).isProblem(status, seen);
        }
        assertThat(effective(BOB)).isEqualTo(handling + " decision");
        assertThat(effective("carol@example.com")).isEqualTo("allow default");
    }

    @Test
    void a_decision_taken_back_leaves_what_is_configured() {
        service.login(account, BUSY);
        admin.decide(account, BOB, "block");
        bob.get(Client.presence(account)).isProblem(403, "blocked");

        admin.delete(Client.authorization(account, BOB)).is(204);

        bob.get(Client.presence(account)).is(200);
        assertThat(effective(BOB)).isEqualTo("allow default");
        admin.delete(Client.authorization(account, BOB)).is(204);
    }

    @Test
    void a_decision_may_come_before_the_first_publication() {
        admin.decide(account, BOB, "block");

        service.login(account, BUSY);

        bob.get(Client.presence(account)).isProblem(403, "blocked");
    }

    @Test
    void deciding_twice_the_last_word_holds() {
        service.login(account, BUSY);
        admin.decide(account, BOB, "block");
        admin.decide(account, BOB, "allow");

        bob.get(Client.presence(account)).is(200);
        assertThat(admin.get("/api/accounts/" + account + "/authorizations").json().path("rules")).hasSize(1);
    }

    @Test
    void owners_and_administrators_see_and_decide_others_do_not() {
        String alices = "/api/accounts/alice@example.com/authorizations/";
        String watcher = Client.newAccount();
        Client alice = Client.as("alice");

        alice.put(alices + watcher, JSON, "{\"handling\":\"block\"}").is(200);
        assertThat(alice.get(alices + watcher).json().path("handling").asText()).isEqualTo("block");
        bob.put(alices + watcher, JSON, "{\"handling\":\"allow\"}").isProblem(403, "forbidden");
        bob.get(alices + watcher).isProblem(403, "forbidden");
        bob.get(alices.substring(0, alices.length() - 1)).isProblem(403, "forbidden");
        bob.delete(alices + watcher).isProblem(403, "forbidden");
        service.put(alices + watcher, JSON, "{\"handling\":\"allow\"}").isProblem(403, "forbidden");
        assertThat(admin.get(alices + watcher).json().path("handling").asText()).isEqualTo("block");
        alice.delete(alices + watcher).is(204);
    }

    @Test
    void an_owner_always_sees_itself_and_cannot_decide_otherwise() {
        Client dave = Client.as("dave");
        dave.get(Client.presence("dave@example.com")).is(200);

        dave.put(Client.authorization("dave@example.com", "dave@example.com"), JSON, "{\"handling\":\"block\"}")
                .isProblem(400, "invalid-request");
    }

    @Test
    void an_administrator_sees_everything() {
        service.login(account, BUSY);
        admin.decide(account, "admin@example.com", "block");

        assertThat(admin.get(Client.presence(account)).is(200).json().path("state").asText()).isEqualTo("busy");
    }

    @Test
    void the_watcher_may_be_named_by_its_uri_and_the_domains_case_does_not_matter() {
        service.login(account, BUSY);

        admin.decide(account, "sip:bob@EXAMPLE.com", "block");

        bob.get(Client.presence(account)).isProblem(403, "blocked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"handling\":\"hide\"}", "{\"handling\":7}", "{\"handling\":\"allow\",\"x\":1}",
        "{\"handling\":\"ALLOW\"}", "{\"handling\":\"allow\"}{}", "{\"handling\":\"allow\""})
    void a_decision_that_is_none_is_400_and_changes_nothing(String body) {
        admin.put(Client.authorization(account, BOB), JSON, body).isProblem(400, "invalid-request");

        assertThat(effective(BOB)).isEqualTo("allow default");
    }

    @Test
    void a_decision_in_another_media_type_is_415() {
        admin.put(Client.authorization(account, BOB), "text/plain", "{\"handling\":\"block\"}")
                .isProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @EnumSource(Handling.class)
    void a_decision_acts_on_a_live_stream_at_once(Handling handling) {
        service.login(account, BUSY);
        try (Events events = bob.watch(account);
                Events carols = Client.as("carol").watch(account)) {
            assertThat(events.next().state()).isEqualTo("busy");
            admin.decide(account, BOB, handling.word());
            service.login(account, "{\"state\":\"away\"}");
            carols.untilState("away");

            String expected =
                    switch (handling) {
                        case BLOCK -> "terminated";
                        case CONFIRM -> "pending";
                        case POLITE_BLOCK -> "offline";
                        case ALLOW -> "away";
                    };
            assertThat(events.next().state()).isEqualTo(expected);
            assertThat(events.all()).extracting(Event::state).containsExactly("busy", expected);
        }
    }

    @Test
    void a_decision_on_one_watcher_is_no_news_for_the_others() {
        service.login(account, BUSY);
        try (Events carols = Client.as("carol").watch(account)) {
            carols.next();
            admin.decide(account, BOB, "block");
            admin.decide(account, BOB, "allow");
            service.login(account, "{\"state\":\"away\"}");

            assertThat(carols.next().state()).isEqualTo("away");
        }
    }

    private String effective(String watcher) {
        var decision = admin.get(Client.authorization(account, watcher)).is(200).json();
        assertThat(decision.path("watcher").asText()).isEqualTo(watcher);
        return decision.path("handling").asText() + ' ' + decision.path("because").asText();
    }
}
