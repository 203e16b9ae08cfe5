package io.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Login;
import io.rollcall.client.Socket;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who did what to whom, when, and from where. */
class AuditIT {
    private static final String AUDIT = "/api/admin/audit";

    private final Client admin = Client.as("admin");
    private final Client alice = Client.as("alice");
    private final String account = Client.newAccount();

    @Test
    void what_an_administrator_publishes_for_others_is_kept() {
        Login login = admin.login(account, "{\"state\":\"busy\"}").modify("{\"state\":\"away\"}").refresh();
        admin.get(login.path()).is(200);
        login.logout();

        assertThat(actions(account)).containsExactly("logout", "read-presentity", "refresh", "modify", "login");
        JsonNode newest = entries(account).get(0);
        assertThat(newest.path("actor").asText()).isEqualTo("admin@example.com");
        assertThat(newest.path("from").asText()).isEqualTo("127.0.0.1");
        assertThat(newest.path("detail").asText()).isEqualTo(login.tuple());
        assertThat(newest.path("at").asText()).isNotEmpty();
    }

    @Test
    void over_a_socket_too() {
        try (Socket socket = admin.socket()) {
            socket.send("{\"type\":\"login\",\"ref\":\"1\",\"account\":\"" + account + "\",\"state\":\"busy\"}");
            Await.until("the log-in is kept", () -> actions(account).equals(List.of("login")));
        }
    }

    @Test
    void what_was_refused_was_not_done() {
        Login login = admin.login(account, "{\"state\":\"busy\"}");
        login.refresh();
        login.tryModify("{\"state\":\"away\"}").is(412);

        assertThat(actions(account)).containsExactly("refresh", "login");
    }

    @Test
    void the_owners_word_set_by_an_administrator_is_kept_without_its_note() {
        admin.put("/api/accounts/" + account + "/preferred", Client.JSON, "{\"state\":\"busy\",\"note\":\"a private matter\"}")
                .is(200);
        admin.delete("/api/accounts/" + account + "/preferred").is(204);

        assertThat(actions(account)).containsExactly("clear-preferred", "set-preferred");
        assertThat(entries(account).toString()).doesNotContain("private");
    }

    @Test
    void looking_into_anothers_account_is_kept() {
        admin.get("/api/accounts/" + account + "/authorizations").is(200);
        admin.get(Client.watchers(account)).is(200);
        admin.get("/api/accounts/" + account + "/export").is(200);
        admin.delete("/api/accounts/" + account).is(204);

        assertThat(actions(account)).containsExactly("erase-account", "export-account", "read-watchers", "read-rules");
    }

    @Test
    void a_look_at_anothers_presence_is_kept_but_not_each_time_that_a_page_looks() {
        String other = Client.newAccount();
        Client.as("service").login(other, "{\"state\":\"busy\"}");
        admin.get(Client.presence(other)).is(200);
        String query = "{\"accounts\":[\"" + account + "\",\"admin@example.com\",\"nonsense\"]}";
        Client.as("service").post("/api/presence/query", Client.JSON, query).is(200);
        assertThat(actions(account)).isEmpty();

        admin.post("/api/presence/query", Client.JSON, query).is(200);
        admin.post("/api/presence/query", Client.JSON, query).is(200);
        admin.get(Client.presence(account)).is(404);

        assertThat(actions(account)).containsExactly("read-presence");
        assertThat(actions(other)).containsExactly("read-presence");
        assertThat(actions("admin@example.com")).doesNotContain("read-presence");
    }

    @Test
    void a_look_at_many_is_one_entry() {
        String many = IntStream.range(0, 101)
                .mapToObj(i -> i + account)
                .collect(Collectors.joining("\",\"", "{\"accounts\":[\"", "\"]}"));

        admin.post("/api/presence/query", Client.JSON, many).is(200);
        admin.post("/api/presence/query", Client.JSON, many).is(200);

        assertThat(actions("0" + account)).isEmpty();
        assertThat(entriesOf(admin.get(AUDIT + "?action=read-presence")))
                .filteredOn(entry -> entry.path("detail").asText().startsWith("101 accounts: 0" + account))
                .hasSize(1);
    }

    @Test
    void every_change_of_rules_is_kept_also_of_owners() {
        String other = Client.newAccount();
        alice.decide("alice@example.com", other, "polite-block");
        alice.delete(Client.authorization("alice@example.com", other)).is(204);

        List<JsonNode> own = entries("alice@example.com").stream()
                .filter(entry -> entry.path("detail").asText().contains(other))
                .toList();
        assertThat(own).extracting(entry -> entry.path("action").asText()).containsExactly("take-back-decision", "decide");
        assertThat(own.get(1).path("actor").asText()).isEqualTo("alice@example.com");
        assertThat(own.get(1).path("detail").asText()).isEqualTo("polite-block " + other);
    }

    @Test
    void what_owners_and_services_publish_is_not_kept() {
        Client.as("service").login(account, "{\"state\":\"busy\"}").refresh().logout();

        assertThat(actions(account)).isEmpty();
    }

    @Test
    void refused_sign_ins_are_kept_and_gathered() {
        for (int i = 0; i < 3; i++) {
            Client.withPassword("carol", "wrong-" + UUID.randomUUID(), Client.SERVER).get("/api/me").is(401);
        }

        Await.until("refusals are kept", () -> refused("carol@example.com") >= 1);
        assertThat(admin.get(AUDIT + "?action=sign-in-refused").text()).doesNotContain("wrong-");
    }

    @Test
    void a_password_typed_for_a_name_is_not_kept() {
        String secret = "secret-" + UUID.randomUUID();
        Client.withPassword(secret, "x", Client.SERVER).get("/api/me").is(401);

        Await.until("a refusal is kept", () -> refused("unknown") >= 1);
        assertThat(admin.get(AUDIT + "?action=sign-in-refused&limit=500").text()).doesNotContain(secret);
    }

    @Test
    void a_client_cannot_say_where_it_comes_from() {
        admin.get(Client.watchers(account), "X-Forwarded-For", "203.0.113.7").is(200);

        assertThat(entries(account).get(0).path("from").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        for (int i = 0; i < 5; i++) {
            admin.get(Client.watchers(account)).is(200);
        }

        Answer first = admin.get(AUDIT + "?limit=3&target=" + account).is(200);
        admin.get(Client.watchers(account)).is(200);
        Answer second = admin.get(AUDIT + "?limit=3&target=" + account + "&before=" + first.json().path("next").asText())
                .is(200);

        assertThat(first.json().path("entries")).hasSize(3);
        assertThat(second.json().path("entries")).hasSize(2);
        assertThat(second.json().has("next")).isFalse();
        assertThat(second.json().findValuesAsText("id"))
                .doesNotContainAnyElementsOf(first.json().findValuesAsText("id"));
    }

    @Test
    void a_filter_may_name_actor_action_and_time() {
        admin.get(Client.watchers(account)).is(200);
        admin.get("/api/accounts/" + account + "/authorizations").is(200);
        String target = AUDIT + "?target=" + account;

        assertThat(admin.get(target + "&action=read-rules").json().path("entries")).hasSize(1);
        assertThat(admin.get(target + "&actor=admin@example.com").json().path("entries")).hasSize(2);
        assertThat(admin.get(target + "&actor=bob@example.com").json().path("entries")).isEmpty();
        assertThat(admin.get(target + "&from=2020-01-01T00:00:00Z").json().path("entries")).hasSize(2);
        assertThat(admin.get(target + "&until=2020-01-01T00:00:00Z").json().path("entries")).isEmpty();
    }

    @Test
    void it_can_be_taken_along_as_csv_and_that_is_kept_too() {
        admin.get(Client.watchers(account)).is(200);

        Answer csv = admin.get(AUDIT + "?format=csv&target=" + account).is(200);

        assertThat(csv.mediaType()).isEqualTo("text/csv");
        assertThat(csv.header("Content-Disposition")).contains("attachment");
        assertThat(csv.text().lines()).hasSize(2).first().isEqualTo(
                "\"time\",\"actor\",\"action\",\"target\",\"from\",\"times\",\"detail\"");
        assertThat(csv.text()).contains("\"admin@example.com\",\"read-watchers\",\"" + account + "\",\"127.0.0.1\",\"1\",\"\"");
        assertThat(admin.get(AUDIT + "?action=export-audit").text()).contains("target " + account);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?format=csv", "?target=alice@example.com"})
    void it_is_for_administrators_only(String query) {
        Client.as("bob").get(AUDIT + query).isProblem(403, "forbidden");
        Client.as("service").get(AUDIT + query).isProblem(403, "forbidden");
        Client.nobody().get(AUDIT + query).isProblem(401, "not-signed-in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?action=nothing", "?target=%27%20or%201=1", "?before=1", "?before=1-1;drop", "?limit=0", "?limit=501",
                "?limit=x", "?from=yesterday", "?format=xml"
            })
    void a_query_that_makes_no_sense_is_400(String query) {
        admin.get(AUDIT + query).isProblem(400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void nobody_changes_it(String method) {
        assertThat(admin.send(method, AUDIT, Client.JSON, new byte[0]).status()).isIn(405, 501);
    }

    @Test
    void an_account_can_take_along_what_is_kept_of_it() {
        admin.get(Client.watchers("dave@example.com")).is(200);

        JsonNode export = Client.as("dave").get("/api/accounts/dave@example.com/export").is(200).json();

        assertThat(export.path("audit").findValuesAsText("action")).contains("read-watchers");
    }

    private int refused(String actor) {
        return entriesOf(admin.get(AUDIT + "?action=sign-in-refused&actor=" + actor).is(200)).stream()
                .mapToInt(entry -> entry.path("times").asInt())
                .sum();
    }

    private List<String> actions(String target) {
        return entries(target).stream().map(entry -> entry.path("action").asText()).toList();
    }

    private List<JsonNode> entries(String target) {
        return entriesOf(admin.get(AUDIT + "?target=" + target).is(200));
    }

    private static List<JsonNode> entriesOf(Answer answer) {
        return StreamSupport.stream(answer.json().path("entries").spliterator(), false).toList();
    }
}
