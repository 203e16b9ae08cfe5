package io.rollcall.notification;

import static io.rollcall.client.Client.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Hook;
import io.rollcall.client.Hook.Request;
import io.rollcall.client.Json;
import io.rollcall.client.Login;
import io.rollcall.document.SchemaCheck;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose events are brought to a webhook. The server gives one up that fails for ten seconds. */
@Execution(ExecutionMode.CONCURRENT)
class WebhookIT {
    private static final String LISTS = "/api/subscriptions";
    private static final Duration GIVEN_UP_WITHIN = Duration.ofSeconds(45);

    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final Client bob = Client.as("bob");
    private final Client zoe = Client.as("zoe");
    private final String account = Client.newAccount();
    private final String other = Client.newAccount();
    private final Hook hook = new Hook();

    @AfterEach
    void close() {
        hook.close();
    }

    @Test
    void a_webhook_is_told_the_present_state_then_each_change() {
        Login login = service.login(account, "{\"state\":\"busy\",\"note\":\"Until 3\"}");
        Answer created = create(bob, account);
        JsonNode first = hook.untilState(account, "busy");

        assertThat(first.path("type").asText()).isEqualTo("presence");
        assertThat(first.path("person").path("note").asText()).isEqualTo("Until 3");
        assertThat(first.path("version").asLong())
                .isEqualTo(bob.get(Client.presence(account)).json().path("version").asLong());

        login.modify("{\"state\":\"away\"}").logout();
        hook.untilState(account, "offline");

        assertThat(hook.taken())
                .extracting(event -> event.path("version").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(hook.requests()).allSatisfy(request -> assertThat(
                        Json.read(request.body()).path("subscription"))
                .isEqualTo(created.json().path("id")));
    }

    @Test
    void a_list_tells_where_its_events_go_and_its_secret_only_once() {
        Answer created = create(bob, account);
        JsonNode list = bob.get(path(created)).is(200).json();

        assertThat(list.path("delivery").asText()).isEqualTo("webhook");
        assertThat(list.path("url").asText()).isEqualTo(hook.url());
        assertThat(list.path("format").asText()).isEqualTo("json");
        assertThat(list.path("state").asText()).isEqualTo("active");
        assertThat(created.json().path("secret").asText()).startsWith("whsec_");
        assertThat(bob.get(path(created)).text()).doesNotContain("secret", "whsec_");
        assertThat(bob.get(LISTS).text()).doesNotContain("secret", "whsec_");
        assertThat(bob.put(path(created), JSON, "").is(200).text()).doesNotContain("secret", "whsec_");
    }

    @Test
    @DisplayName("standardwebhooks.com — each request is signed, with its time and an id of its own")
    void each_request_is_signed() throws Exception {
        Login login = service.login(account, "{\"state\":\"busy\"}");
        String secret = create(bob, account).json().path("secret").asText();
        hook.untilState(account, "busy");
        login.modify("{\"state\":\"away\"}");
        hook.untilState(account, "away");

        for (Request request : hook.requests()) {
            assertThat(request.signature()).isEqualTo(signature(Base64.getDecoder().decode(secret.substring(6)), request));
            assertThat(Long.parseLong(request.timestamp()) * 1000)
                    .isCloseTo(System.currentTimeMillis(), Offset.offset(60_000L));
        }
        assertThat(hook.requests()).extracting(Request::id).doesNotHaveDuplicates().hasSizeGreaterThan(1);
    }

    @Test
    void a_secret_that_the_owner_chose_signs_and_is_not_repeated() throws Exception {
        service.login(account, "{\"state\":\"busy\"}");
        String chosen = "chosen by the owner";
        Answer created = bob.post(LISTS, JSON, list(",\"secret\":\"" + chosen + '"', account)).is(201);
        hook.untilState(account, "busy");

        assertThat(created.text()).doesNotContain("secret", chosen);
        Request request = hook.requests().get(0);
        assertThat(request.signature()).isEqualTo(signature(chosen.getBytes(StandardCharsets.UTF_8), request));
    }

    @Test
    void of_what_happened_while_it_was_down_it_is_told_the_newest_state_only() {
        Login login = service.login(account, "{\"state\":\"busy\"}");
        service.login(other, "{\"state\":\"busy\"}");
        String path = path(create(bob, account, other));
        hook.untilState(account, "busy");
        hook.untilState(other, "busy");
        hook.answer(503);
        login = login.modify("{\"state\":\"away\"}");
        Await.until("it failed", () -> hook.requests().stream().anyMatch(request -> request.answered() == 503));
        Await.until("its owner can see that", () -> bob.get(path).json().path("state").asText().equals("failing"));
        assertThat(bob.get(path).json().path("error").asText()).isEqualTo("it answers 503");
        login.modify("{\"state\":\"busy\",\"note\":\"1\"}").modify("{\"state\":\"online\"}");

        hook.answer(200);
        hook.untilState(account, "online");

        assertThat(hook.states(account)).containsExactly("busy", "online");
        assertThat(hook.states(other)).containsExactly("busy");
        Await.until("it has recovered", () -> bob.get(path).json().path("state").asText().equals("active"));
        assertThat(bob.get(path).json().has("failingSince")).isFalse();
    }

    @Test
    void what_is_tried_again_as_it_was_has_the_same_id() {
        service.login(account, "{\"state\":\"busy\"}");
        hook.answer(500);
        create(bob, account);
        Await.until("it was tried twice", () -> hook.requests().size() >= 2);

        List<Request> tried = hook.requests();
        assertThat(tried.get(1).id()).isEqualTo(tried.get(0).id());
        assertThat(tried.get(1).body()).isEqualTo(tried.get(0).body());
    }

    @Test
    @DisplayName("RFC 9110 §10.2.3 — who asks to be left alone for a while is")
    void retry_after_is_honoured() {
        service.login(account, "{\"state\":\"busy\"}");
        hook.answer(429, "Retry-After", "4");
        create(bob, account);
        Await.until("it was asked", () -> !hook.requests().isEmpty());
        long asked = System.nanoTime();
        hook.answer(204);

        hook.untilState(account, "busy");

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofMillis(3_500));
        assertThat(hook.requests()).hasSize(2);
    }

    @Test
    void a_redirect_is_not_followed() {
        service.login(account, "{\"state\":\"busy\"}");
        try (Hook elsewhere = new Hook()) {
            hook.answer(307, "Location", elsewhere.url());
            String path = path(create(bob, account));

            Await.until("it failed", () -> bob.get(path).json().path("error").asText().equals("it answers 307"));
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void one_that_is_gone_is_asked_no_more_and_its_wishes_end() {
        service.login(account, "{\"state\":\"busy\"}");
        service.login(other, "{\"state\":\"busy\"}");
        admin.decide(other, "zoe@partner.example", "allow");
        hook.answer(410);
        String path = path(create(zoe, account, other));

        Await.until("it has ended", () -> zoe.get(path).json().path("state").asText().equals("terminated"));

        JsonNode list = zoe.get(path).json();
        assertThat(list.path("reason").asText()).isEqualTo("deactivated");
        assertThat(list.path("states")).allSatisfy(state -> {
            assertThat(state.path("state").asText()).isEqualTo("terminated");
            assertThat(state.path("reason").asText()).isEqualTo("deactivated");
        });
        assertThat(hook.requests()).hasSize(1);
        Await.until("the wish that was not decided waits", () -> watcher(account).equals("zoe@partner.example waiting"));
        assertThat(watcher(other)).isEmpty();
    }

    @Test
    void one_that_fails_for_too_long_is_given_up_and_begins_anew_when_the_list_is_replaced() {
        service.login(account, "{\"state\":\"busy\"}");
        hook.answer(500);
        String path = path(create(bob, account));

        Await.until("it is given up", GIVEN_UP_WITHIN, () -> bob.get(path).json().path("state").asText().equals("terminated"));
        assertThat(bob.get(path).json().path("reason").asText()).isEqualTo("probation");
        assertThat(bob.get(path).json().path("error").asText()).isEqualTo("it answers 500");
        assertThat(Client.as("admin").get("/metrics").text()).containsPattern("rollcall_alarms_total\\{code=\"RC07\"\\} [1-9]");

        bob.put(path, JSON, "").isProblem(409, "delivery-ended");
        hook.answer(204);
        JsonNode replaced = bob.put(path, JSON, "{\"accounts\":[\"" + account + "\"]}").is(200).json();
        assertThat(replaced.path("state").asText()).isEqualTo("active");
        hook.untilState(account, "busy");
    }

    @Test
    @DisplayName("RFC 5025 §3.2.1 — pending, then the truth; rejected; polite-block is like offline")
    void what_becomes_of_the_wish_is_told_too() {
        service.login(account, "{\"state\":\"busy\"}");
        create(zoe, account);
        JsonNode pending = hook.untilState(account, "pending");
        assertThat(pending.path("type").asText()).isEqualTo("subscription");

        admin.decide(account, "zoe@partner.example", "allow");
        hook.untilState(account, "active");
        hook.untilState(account, "busy");

        admin.decide(account, "zoe@partner.example", "polite-block");
        hook.untilState(account, "offline");

        admin.decide(account, "zoe@partner.example", "block");
        JsonNode end = hook.untilState(account, "terminated");
        assertThat(end.path("reason").asText()).isEqualTo("rejected");
        assertThat(hook.states(account)).containsExactly("pending", "active", "busy", "offline", "terminated");
    }

    @Test
    void whoever_is_blocked_while_it_is_down_is_not_shown_afterwards() {
        Login login = service.login(account, "{\"state\":\"busy\"}");
        create(bob, account);
        hook.untilState(account, "busy");
        hook.answer(503);
        login.modify("{\"state\":\"away\"}");
        Await.until("it failed", () -> hook.requests().stream().anyMatch(request -> request.answered() == 503));

        admin.decide(account, "bob@example.com", "block");
        Client watcher = bob;
        Await.until("the decision holds", () -> watcher.get(Client.presence(account)).status() == 403);
        hook.answer(204);

        hook.untilState(account, "terminated");
        assertThat(hook.states(account)).containsExactly("busy", "terminated");
    }

    @Test
    void a_list_that_is_replaced_takes_its_events_along_to_another_webhook() {
        Login login = service.login(account, "{\"state\":\"busy\"}");
        Login added = service.login(other, "{\"state\":\"busy\"}");
        String path = path(create(bob, account));
        hook.untilState(account, "busy");
        try (Hook next = new Hook()) {
            bob.put(
                            path,
                            JSON,
                            "{\"accounts\":[\"" + other + "\"],\"url\":\"" + next.url() + "\",\"format\":\"pidf\"}")
                    .is(200);
            int before = hook.requests().size();
            login.modify("{\"state\":\"online\"}");

            next.untilState(account, "terminated");
            JsonNode shown = next.until(other, event -> event.has("pidf"));
            assertThat(SchemaCheck.valid(shown.path("pidf").asText())).contains("entity=\"pres:" + other + '"');
            added.modify("{\"state\":\"away\"}");
            next.until(other, event -> event.path("pidf").asText().contains("away"));
            assertThat(hook.requests()).as("nothing more to where it was").hasSize(before);
        }
    }

    @Test
    @DisplayName("RFC 6665 §4.2.1.4 — when a list ends its webhook is told timeout")
    void when_a_list_ends_its_webhook_is_told() {
        service.login(account, "{\"state\":\"busy\"}");
        String path = path(create(bob, account));
        hook.untilState(account, "busy");

        bob.delete(path).is(204);

        assertThat(hook.untilState(account, "terminated").path("reason").asText()).isEqualTo("timeout");
    }

    @Test
    void thousands_of_accounts_come_in_several_requests() {
        String[] many = Stream.iterate(0, i -> i + 1).limit(250).map(i -> "m" + i + '-' + account).toArray(String[]::new);
        create(bob, many);

        Await.until("all are told", () -> hook.taken().size() >= many.length);
        assertThat(hook.requests()).allSatisfy(request -> assertThat(request.events()).hasSizeLessThanOrEqualTo(100));
        assertThat(hook.taken()).extracting(event -> event.path("account").asText()).containsExactlyInAnyOrder(many);
    }

    @Test
    void metrics_tell_what_is_delivered_what_failed_and_what_waits() {
        service.login(account, "{\"state\":\"busy\"}");
        hook.answer(503);
        create(bob, account);
        Await.until("it failed", () -> metric("rollcall_deliveries_failed_total{delivery=\"webhook\"}") > 0);
        Await.until("something waits", () -> metric("rollcall_deliveries_oldest_seconds") > 0);
        assertThat(metric("rollcall_deliveries")).isPositive();

        hook.answer(204);
        hook.untilState(account, "busy");

        Await.until("it is counted", () -> metric("rollcall_deliveries_sent_total{delivery=\"webhook\"}") > 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"delivery\":\"webhook\" | 400 | invalid-request",
                "\"delivery\":\"webhook\",\"url\":\"hook\" | 400 | invalid-request",
                "\"delivery\":\"webhook\",\"url\":7 | 400 | invalid-request",
                "\"delivery\":\"webhook\",\"url\":\"ftp://localhost/\" | 400 | invalid-request",
                "\"delivery\":\"webhook\",\"url\":\"http://u:p@localhost:1/\" | 400 | invalid-request",
                "\"delivery\":\"webhook\",\"url\":\"http://localhost:0/\" | 400 | invalid-request",
                "\"delivery\":\"webhook\",\"url\":\"https://localhost/\" | 403 | forbidden",
                "\"delivery\":\"webhook\",\"url\":\"http://example.com/\" | 403 | forbidden",
                "\"delivery\":\"webhook\",\"url\":\"http://localhost:1/\",\"secret\":\"short\" | 400 | invalid-request",
                "\"delivery\":\"webhook\",\"url\":\"http://localhost:1/\",\"format\":\"xml\" | 400 | invalid-request",
                "\"delivery\":\"webhook\",\"url\":\"http://localhost:1/\",\"maxRate\":0 | 400 | invalid-request",
                "\"delivery\":\"webhook\",\"url\":\"http://localhost:1/\",\"maxRate\":\"1\" | 400 | invalid-request",
                "\"delivery\":\"stream\",\"format\":\"pidf\" | 400 | invalid-request",
                "\"url\":\"http://localhost:1/\" | 400 | invalid-request",
                "\"delivery\":\"jms\",\"url\":\"http://localhost:1/\" | 400 | invalid-request",
                "\"delivery\":\"pigeon\" | 400 | invalid-request"
            })
    void a_delivery_that_is_none_is_refused(String delivery, int status, String problem) {
        bob.post(LISTS, JSON, "{\"accounts\":[\"" + account + "\"]," + delivery + '}').isProblem(status, problem);
        assertThat(watcher(account)).isEmpty();
    }

    @Test
    void an_administrator_finds_the_lists_of_others_reads_them_and_ends_one() {
        service.login(account, "{\"state\":\"busy\"}");
        String path = path(create(zoe, account));
        admin.decide(account, "zoe@partner.example", "allow");
        hook.untilState(account, "busy");
        String found = "/api/admin/subscriptions?account=" + account;
        Await.until("it is known when it was told", () -> lists(found).path(0).has("told"));

        JsonNode list = lists(found).path(0);
        assertThat(path).endsWith(list.path("id").asText());
        assertThat(list.path("watcher").asText()).isEqualTo("zoe@partner.example");
        assertThat(list.path("delivery").asText()).isEqualTo("webhook");
        assertThat(list.path("state").asText()).isEqualTo("active");
        assertThat(list.path("node").asText()).isNotEmpty();
        assertThat(lists("/api/admin/subscriptions?watcher=" + Client.newAccount())).isEmpty();
        assertThat(admin.get(path).is(200).json().path("states").path(0).path("state").asText()).isEqualTo("active");
        bob.get(path).isProblem(404, "not-found");
        bob.delete(path).isProblem(404, "not-found");

        admin.delete(path).is(204);

        assertThat(hook.untilState(account, "terminated").path("reason").asText()).isEqualTo("timeout");
        assertThat(admin.get("/api/admin/audit?target=zoe@partner.example&limit=200").text())
                .contains("read-list", "end-subscription", list.path("id").asText());
    }

    private JsonNode lists(String path) {
        return admin.get(path).is(200).json().path("lists");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "jms"})
    void a_list_keeps_its_delivery(String delivery) {
        String path = path(create(bob, account));

        bob.put(path, JSON, "{\"accounts\":[\"" + account + "\"],\"delivery\":\"" + delivery + "\"}")
                .isProblem(400, "invalid-request");
    }

    private Answer create(Client who, String... accounts) {
        return who.post(LISTS, JSON, list("", accounts)).is(201);
    }

    private String list(String more, String... accounts) {
        return Stream.of(accounts)
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(
                        ",",
                        "{\"accounts\":[",
                        "],\"delivery\":\"webhook\",\"url\":\"" + hook.url() + '"' + more + '}'));
    }

    private static String path(Answer created) {
        return URI.create(created.header("Location")).getPath();
    }

    /** The one watcher of an account, with its status; empty if there is none. */
    private String watcher(String watched) {
        JsonNode watcher = admin.get(Client.watchers(watched)).is(200).json().path("watchers").path(0);
        return (watcher.path("watcher").asText() + ' ' + watcher.path("status").asText()).strip();
    }

    private double metric(String name) {
        return admin.get("/metrics").is(200).text().lines()
                .filter(line -> line.startsWith(name + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    private static String signature(byte[] key, Request request) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed = request.id() + '.' + request.timestamp() + '.' + request.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
