package io.rollcall.authorization;

import static io.rollcall.client.Client.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner's rules, whole, on every path. */
class RulesIT {
    private static final String XML = "application/auth-policy+xml";
    private static final String START = "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy'"
            + " xmlns:pr='urn:ietf:params:xml:ns:pres-rules'>";
    private static final String RICH =
            "{\"state\":\"busy\",\"activities\":[\"meeting\"],\"note\":\"Secret\",\"device\":\"laptop\","
                    + "\"contact\":\"sip:a@desk.example.com\"}";

    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final Client bob = Client.as("bob");
    private final Client carol = Client.as("carol");
    private final Client zoe = Client.as("zoe");
    private final String account = Client.newAccount();
    private final String rules = "/api/accounts/" + account + "/authorizations";

    private Answer put(String json, String... headers) {
        return admin.put(rules, JSON, json, headers);
    }

    /** Replaces whatever rules there are. */
    private void rules(String... each) {
        put("{\"rules\":[" + String.join(",", each) + "]}", "If-Match", admin.get(rules).header("ETag")).is(200);
    }

    private static String rule(String id, String who, String handling, String rest) {
        return "{\"id\":\"" + id + "\",\"conditions\":[{\"identity\":[" + who + "]}" + "],\"handling\":\"" + handling
                + '"' + rest + '}';
    }

    private JsonNode effective(String watcher) {
        return admin.get(Client.authorization(account, watcher)).is(200).json();
    }

    @Test
    void rules_are_put_and_got_as_json_and_as_xml() {
        String xml = START + "<rule id='a'><conditions><identity><many domain='example.com'/></identity></conditions>"
                + "<actions><pr:sub-handling>allow</pr:sub-handling></actions><transformations><pr:provide-services>"
                + "<pr:all-services/></pr:provide-services></transformations></rule></ruleset>";
        Answer stored = admin.put(rules, XML, xml, "Accept", XML).is(200);
        assertThat(stored.mediaType()).isEqualTo(XML);

        Answer got = admin.get(rules, "Accept", XML).is(200);
        assertThat(got.text()).isEqualTo(stored.text());
        assertThat(got.header("ETag")).isEqualTo(stored.header("ETag"));
        assertThat(admin.put(rules, XML, got.text(), "If-Match", got.header("ETag"), "Accept", XML).is(200).text())
                .isEqualTo(got.text());
        JsonNode json = admin.get(rules).is(200).json();
        assertThat(json.path("rules").path(0).path("provide").path("services").asText()).isEqualTo("all");
        assertThat(admin.get(rules, "If-None-Match", admin.get(rules).header("ETag")).status()).isEqualTo(304);
    }

    @Test
    @DisplayName("RFC 9110 §13.1 — rules that are there are replaced only by one who has seen them")
    void rules_are_changed_conditionally() {
        put("{\"rules\":[]}").is(200);
        put("{\"rules\":[]}").isProblem(428, "condition-required");
        put("{\"rules\":[]}", "If-None-Match", "*").isProblem(412, "condition-failed");
        String old = admin.get(rules).header("ETag");
        put("{\"rules\":[]}", "If-Match", old).is(200);
        put("{\"rules\":[]}", "If-Match", old).isProblem(412, "condition-failed");
        put("{\"rules\":[]}", "If-Match", "*").is(200);
        String before = admin.get(rules).header("ETag");
        admin.decide(account, "bob@example.com", "block");
        put("{\"rules\":[]}", "If-Match", before).isProblem(412, "condition-failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|{\"rules\":[{}]}|400|invalid-document",
                "application/json|{\"level\":\"secret\"}|400|invalid-document",
                "application/json|{|400|invalid-document",
                "application/auth-policy+xml|<ruleset|400|invalid-document",
                "application/auth-policy+xml|<ruleset/>|400|invalid-document",
                "application/pidf+xml|<presence/>|415|unsupported-media-type"
            })
    void a_bad_document_is_refused_and_changes_nothing(String type, String body, int status, String problem) {
        rules(rule("a", "{\"many\":{}}", "block", ""));
        Answer before = admin.get(rules);

        admin.put(rules, type, body, "If-Match", "*").isProblem(status, problem);

        assertThat(admin.get(rules).body()).isEqualTo(before.body());
        assertThat(admin.get(rules).header("ETag")).isEqualTo(before.header("ETag"));
    }

    @Test
    void thousands_of_rules_and_contradictory_times_are_refused() {
        StringBuilder many = new StringBuilder("{\"rules\":[{\"id\":\"x\"}");
        for (int i = 0; i < 3000; i++) {
            many.append(",{\"id\":\"r").append(i).append("\"}");
        }
        put(many.append("]}").toString()).isProblem(400, "invalid-document");
        put("{\"rules\":[{\"id\":\"a\",\"conditions\":[{\"validity\":[{\"from\":\"2026-02-01T00:00:00Z\","
                        + "\"until\":\"2026-01-01T00:00:00Z\"}]}]}]}")
                .isProblem(400, "invalid-document");
        put(" ".repeat(600_000)).isProblem(413, "too-large");
    }

    @Test
    void nobody_but_owner_and_admin_reads_or_writes_rules() {
        bob.get(rules).isProblem(403, "forbidden");
        bob.put(rules, JSON, "{\"rules\":[]}").isProblem(403, "forbidden");
        service.put(rules, JSON, "{\"rules\":[]}").isProblem(403, "forbidden");
        bob.get("/api/accounts/bob@example.com/authorizations").is(200);
    }

    @Test
    @DisplayName("RFC 4745 §10 — all rules that apply count: the highest handling, the union of what they provide")
    void rules_are_combined() {
        rules(
                rule("all", "{\"many\":{}}", "block", ""),
                rule("domain", "{\"many\":{\"domain\":\"example.com\"}}", "allow", ",\"provide\":{\"services\":\"all\"}"),
                rule("bob", "{\"one\":\"sip:bob@example.com\"}", "confirm", ",\"provide\":{\"attributes\":[\"note\"]}"));
        service.login(account, RICH);

        JsonNode bobs = effective("bob@example.com");
        assertThat(bobs.path("handling").asText()).isEqualTo("allow");
        assertThat(bobs.path("because").asText()).isEqualTo("rules");
        assertThat(bobs.path("rules").toString()).isEqualTo("[\"all\",\"bob\",\"domain\"]");
        JsonNode seen = bob.get(Client.presence(account)).is(200).json();
        assertThat(seen.path("state").asText()).isEqualTo("online");
        assertThat(seen.path("person").isNull()).isTrue();
        assertThat(seen.path("tuples").path(0).path("note").asText()).isEqualTo("Secret");
        assertThat(carol.get(Client.presence(account)).is(200).text()).doesNotContain("Secret", "meeting", "laptop");
        Client.as("zoe").get(Client.presence(account)).isProblem(403, "blocked");
    }

    @Test
    void what_is_hidden_is_hidden_in_every_form_and_on_every_path() {
        rules(rule("some", "{\"many\":{}}", "allow", ",\"provide\":{\"services\":\"all\",\"persons\":\"all\"}"));
        service.login(account, RICH);

        List<String> seen = new ArrayList<>();
        seen.add(bob.get(Client.presence(account)).is(200).text());
        seen.add(bob.get(Client.presence(account), "Accept", Client.PIDF).is(200).pidf());
        seen.add(bob.post("/api/presence/query", JSON, "{\"accounts\":[\"" + account + "\"]}").is(200).text());
        try (Events events = bob.watch(account);
                Events pidf = bob.watchPidf(account)) {
            seen.add(events.next().data());
            seen.add(pidf.next().data());
        }
        assertThat(seen).allSatisfy(text -> assertThat(text)
                .contains(account)
                .contains("desk.example.com")
                .doesNotContain("busy", "meeting", "Secret", "laptop"));
    }

    @Test
    void a_decision_on_one_watcher_holds_whatever_the_rules_say() {
        put("{\"level\":\"colleagues\"}").is(200);
        service.login(account, RICH);
        admin.decide(account, "bob@example.com", "block");

        bob.get(Client.presence(account)).isProblem(403, "blocked");
        carol.get(Client.presence(account)).is(200);
        assertThat(effective("bob@example.com").path("because").asText()).isEqualTo("decision");
        Answer document = admin.get(rules, "Accept", XML).is(200);
        assertThat(document.text()).contains("except id=\"pres:bob@example.com\"");
        assertThat(admin.get(rules).json().path("level").asText()).isEqualTo("colleagues");

        admin.put(rules, XML, document.text(), "If-Match", document.header("ETag")).is(200);
        bob.get(Client.presence(account)).isProblem(403, "blocked");
        assertThat(admin.get(rules, "Accept", XML).text()).isEqualTo(document.text());
    }

    @Test
    void a_decision_taken_back_leaves_what_the_rules_say() {
        put("{\"level\":\"private\"}").is(200);
        service.login(account, RICH);
        admin.put(Client.authorization(account, "bob@example.com"), JSON,
                        "{\"handling\":\"allow\",\"provide\":{\"services\":\"all\"}}")
                .is(200);
        assertThat(bob.get(Client.presence(account)).is(200).text()).doesNotContain("Secret");

        admin.delete(Client.authorization(account, "bob@example.com")).is(204);

        bob.get(Client.presence(account)).isProblem(403, "pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "colleagues", "team", "private"})
    void a_level_is_told_as_long_as_the_rules_are_its_own(String level) {
        put("{\"level\":\"" + level + "\"}").is(200);
        Answer got = admin.get(rules);
        assertThat(got.json().path("level").asText()).isEqualTo(level);
        put(got.text(), "If-Match", got.header("ETag")).is(200);
        assertThat(admin.get(rules).json().path("level").asText()).isEqualTo(level);
        rules(rule("own", "{\"many\":{}}", "allow", ""));
        assertThat(admin.get(rules).json().path("level").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"allow,busy", "confirm,pending", "polite-block,offline", "block,terminated"})
    void a_change_of_rules_acts_on_live_subscriptions_at_once(String handling, String expected) {
        rules(rule("all", "{\"many\":{}}", handling.equals("allow") ? "confirm" : "allow", ",\"provide\":\"all\""));
        service.login(account, RICH);
        try (Events events = bob.watch(account)) {
            Event first = events.next();
            assertThat(first.state()).isEqualTo(handling.equals("allow") ? "pending" : "busy");
            rules(rule("all", "{\"many\":{}}", handling, ",\"provide\":\"all\""));
            String next = events.next().state();
            assertThat(next.equals("active") ? events.next().state() : next).isEqualTo(expected);
        }
    }

    @Test
    void what_is_provided_changes_on_live_subscriptions_too() {
        rules(rule("all", "{\"many\":{}}", "allow", ",\"provide\":\"all\""));
        service.login(account, RICH);
        try (Events events = bob.watch(account)) {
            assertThat(events.next().data()).contains("Secret");
            rules(rule("all", "{\"many\":{}}", "allow", ",\"provide\":{\"services\":\"all\"}"));
            assertThat(events.next().data()).contains("desk.example.com").doesNotContain("Secret");
        }
    }

    @Test
    @DisplayName("RFC 6665 §6.2 — a polite block by a rule looks the same as being offline, on every path")
    void politely_blocked_is_offline() {
        service.login(account, RICH).logout();
        rules(
                rule("bob", "{\"one\":\"sip:bob@example.com\"},{\"one\":\"sip:x@y.z\"}", "polite-block", ""),
                rule("rest", "{\"many\":{\"except\":[{\"id\":\"sip:bob@example.com\"}]}}", "allow", ",\"provide\":\"all\""));
        List<Answer> truth = everyPath(carol);
        service.login(account, RICH);
        rules(
                rule("bob", "{\"one\":\"sip:bob@example.com\"},{\"one\":\"sip:x@y.z\"}", "polite-block", ""),
                rule("rest", "{\"many\":{\"except\":[{\"id\":\"sip:bob@example.com\"}]}}", "allow", ",\"provide\":\"all\""),
                rule("more", "{\"one\":\"sip:u@v.w\"},{\"one\":\"sip:x@y.z\"}", "allow", ""));

        List<Answer> shown = everyPath(bob);
        for (int i = 0; i < truth.size(); i++) {
            assertThat(shown.get(i).status()).isEqualTo(truth.get(i).status());
            assertThat(shown.get(i).text()).isEqualTo(truth.get(i).text());
            assertThat(shown.get(i).stableHeaders()).isEqualTo(truth.get(i).stableHeaders());
        }
        try (Events events = bob.watch(account)) {
            assertThat(events.next().data()).isEqualTo(truth.get(0).text());
        }
        assertThat(carol.get(Client.presence(account)).json().path("state").asText()).isEqualTo("busy");
    }

    private List<Answer> everyPath(Client client) {
        return List.of(
                client.get(Client.presence(account)),
                client.get(Client.presence(account), "Accept", Client.PIDF),
                client.post("/api/presence/query", JSON, "{\"accounts\":[\"" + account + "\"]}"));
    }

    @Test
    void whoever_loses_an_allowing_rule_never_sees_an_older_version() {
        rules(rule("hide", "{\"many\":{}}", "polite-block", ""));
        rules(
                rule("hide", "{\"many\":{}}", "polite-block", ""),
                rule("show", "{\"many\":{\"domain\":\"example.com\"}}", "allow", ",\"provide\":\"all\""));
        service.login(account, RICH);
        long seen = bob.get(Client.presence(account)).is(200).json().path("version").asLong();

        rules(rule("hide", "{\"many\":{}}", "polite-block", ""));

        JsonNode hidden = bob.get(Client.presence(account)).is(200).json();
        assertThat(hidden.path("state").asText()).isEqualTo("offline");
        assertThat(hidden.path("version").asLong()).isGreaterThan(seen);
        assertThat(hidden.path("lastSeen").isNull()).isFalse();
    }

    @Test
    @DisplayName("RFC 4745 §7.4 — when a validity ends, live watchers are told by a change of the account")
    void a_validity_ends_by_itself() {
        Instant soon = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);
        rules(
                rule("hide", "{\"many\":{}}", "polite-block", ""),
                "{\"id\":\"show\",\"conditions\":[{\"validity\":[{\"from\":\"2020-01-01T00:00:00Z\",\"until\":\"" + soon
                        + "\"}]}],\"handling\":\"allow\",\"provide\":\"all\"}");
        service.login(account, RICH);
        try (Events events = bob.watch(account)) {
            Event shown = events.next();
            assertThat(shown.state()).isEqualTo("busy");
            Event hidden = events.next();
            assertThat(hidden.state()).isEqualTo("offline");
            assertThat(hidden.json().path("version").asLong()).isGreaterThan(shown.json().path("version").asLong());
            assertThat(Instant.now()).isAfterOrEqualTo(soon);
        }
        assertThat(effective("bob@example.com").path("rules").toString()).isEqualTo("[\"hide\"]");
    }

    private String atHome() {
        return "<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'"
                + " xmlns:r='urn:ietf:params:xml:ns:pidf:rpid' entity='pres:" + account
                + "'><tuple id='t'><status><basic>open</basic></status></tuple><dm:person id='p'><r:sphere><r:home/>"
                + "</r:sphere></dm:person></presence>";
    }

    @Test
    @DisplayName("RFC 5025 §3.1.2 — a change of the account's sphere changes who sees what")
    void the_sphere_decides() {
        rules(
                rule("hide", "{\"many\":{}}", "polite-block", ""),
                "{\"id\":\"home\",\"conditions\":[{\"sphere\":\"home\"}],\"handling\":\"allow\",\"provide\":\"all\"}");
        Answer login = service.post(Client.presentities(account), Client.PIDF, atHome()).is(201);
        Answer shown = bob.get(Client.presence(account)).is(200);
        assertThat(shown.json().path("state").asText()).isEqualTo("online");

        String at = login.header("Location").replaceFirst("^.*/api/", "/api/");
        service.put(at, Client.PIDF, atHome().replace("home/", "work/"), "If-Match", login.header("ETag")).is(200);

        JsonNode hidden = bob.get(Client.presence(account)).is(200).json();
        assertThat(hidden.path("state").asText()).isEqualTo("offline");
        assertThat(hidden.path("version").asLong()).isGreaterThan(shown.json().path("version").asLong());
        Await.until("it is settled", () -> bob.get(Client.presence(account)).text()
                .equals(bob.get(Client.presence(account)).text()));
    }

    @Test
    void a_sphere_that_is_again_what_it_was_before_never_shows_an_older_account() {
        rules(
                rule("hide", "{\"many\":{}}", "polite-block", ""),
                "{\"id\":\"home\",\"conditions\":[{\"sphere\":\"home\"}],\"handling\":\"allow\",\"provide\":\"all\"}");
        try (Events events = bob.watch(account)) {
            assertThat(events.next().state()).isEqualTo("offline");
            Answer login = service.post(Client.presentities(account), Client.PIDF, atHome()).is(201);
            assertThat(events.next().state()).isEqualTo("online");
            long seen = bob.get(Client.presence(account)).json().path("version").asLong();

            String at = login.header("Location").replaceFirst("^.*/api/", "/api/");
            service.delete(at, "If-Match", login.header("ETag")).is(204);

            assertThat(events.next().state()).isEqualTo("offline");
            JsonNode hidden = bob.get(Client.presence(account)).is(200).json();
            assertThat(hidden.path("version").asLong()).isGreaterThan(seen);
        }
    }

    @Test
    void a_cached_decision_never_outlives_a_change() {
        service.login(account, RICH);
        admin.decide(account, "bob@example.com", "allow");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> reads = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                bob.get(Client.presence(account));
            }
        });
        for (int i = 0; i < 60; i++) {
            boolean block = i % 2 == 0;
            if (i % 3 == 0) {
                admin.decide(account, "bob@example.com", block ? "block" : "allow");
            } else {
                rules(rule("all", "{\"many\":{}}", block ? "block" : "allow", ",\"provide\":\"all\""));
            }
            assertThat(bob.get(Client.presence(account)).status()).isEqualTo(block ? 403 : 200);
        }
        over.set(true);
        reads.join();
    }

    @Test
    @DisplayName("RFC 6665 §6.2 — who waited and is blocked politely does not learn whether the owner was there just then")
    void a_polite_block_tells_nothing_of_its_own_moment() {
        service.login(account, RICH).logout();
        String lastSeen = admin.get(Client.presence(account)).json().path("lastSeen").asText();
        service.login(account, RICH);
        try (Events events = zoe.watch(account)) {
            assertThat(events.next().state()).isEqualTo("pending");
            admin.decide(account, "zoe@partner.example", "polite-block");
            assertThat(events.next().state()).isEqualTo("active");
            assertThat(events.next().json().path("lastSeen").asText()).isEqualTo(lastSeen);
        }
        rules(rule("partners", "{\"many\":{\"domain\":\"partner.example\"}}", "polite-block", ""));
        assertThat(zoe.get(Client.presence(account)).json().path("lastSeen").asText()).isEqualTo(lastSeen);
    }

    @Test
    void whoever_is_blocked_politely_sees_nothing_of_what_owners_decide_on_others() {
        rules(rule("some", "{\"many\":{\"domain\":\"partner.example\"}}", "polite-block", ""));
        service.login(account, RICH);
        admin.decide(account, "bob@example.com", "polite-block");
        List<Answer> bobs = everyPath(bob);
        List<Answer> zoes = everyPath(zoe);
        String preferred = "/api/accounts/" + account + "/preferred";
        try (Events events = bob.watch(account);
                Events owners = admin.watch(account)) {
            events.next();

            rules(
                    rule("some", "{\"many\":{\"domain\":\"partner.example\"}}", "polite-block", ""),
                    rule("own", "{\"many\":{\"domain\":\"example.com\",\"except\":[{\"id\":\"pres:bob@example.com\"}]}}",
                            "allow", ",\"provide\":\"all\""),
                    rule("bob", "{\"one\":\"pres:bob@example.com\"}", "polite-block", ""));
            admin.decide(account, "carol@example.com", "allow");
            admin.put(preferred, JSON, "{\"invisible\":true}").is(200);
            admin.delete(preferred).is(204);
            rules(
                    rule("more", "{\"many\":{\"domain\":\"partner.example\"}}", "polite-block", ""),
                    rule("bob", "{\"one\":\"pres:bob@example.com\"}", "polite-block", ""));
            admin.put(preferred, JSON, "{\"state\":\"away\"}").is(200);
            owners.until(event -> event.state().equals("away"));

            same(everyPath(bob), bobs);
            same(everyPath(zoe), zoes);
            assertThat(events.all()).hasSize(1);
        }
    }

    private static void same(List<Answer> now, List<Answer> before) {
        for (int i = 0; i < before.size(); i++) {
            assertThat(now.get(i).text()).isEqualTo(before.get(i).text());
            assertThat(now.get(i).stableHeaders()).isEqualTo(before.get(i).stableHeaders());
        }
    }

    @Test
    void a_change_of_what_is_hidden_is_no_event() {
        rules(rule("some", "{\"many\":{}}", "allow", ",\"provide\":{\"services\":\"all\"}"));
        Login login = service.login(account, RICH);
        try (Events events = bob.watch(account);
                Events owners = admin.watch(account)) {
            events.next();
            owners.next();
            Login changed = login.modify(RICH.replace("Secret", "Other"));
            assertThat(owners.next().data()).contains("Other");
            changed.modify(RICH.replace("a@desk", "b@desk"));

            assertThat(events.next().data()).contains("b@desk");
            assertThat(events.all()).hasSize(2);
        }
    }

    @Test
    void what_is_no_change_leaves_the_tag_of_the_rules_and_the_account_as_they_are() {
        rules(rule("a", "{\"many\":{}}", "allow", ",\"provide\":\"all\""));
        admin.decide(account, "bob@example.com", "block");
        String tag = admin.get(rules).header("ETag");
        String seen = admin.get(Client.presence(account)).text();

        admin.delete(Client.authorization(account, "carol@example.com")).is(204);
        admin.decide(account, "bob@example.com", "block");

        assertThat(admin.get(rules).header("ETag")).isEqualTo(tag);
        assertThat(admin.get(Client.presence(account)).text()).isEqualTo(seen);
    }
}
