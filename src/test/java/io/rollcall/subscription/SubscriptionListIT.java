package io.rollcall.subscription;

import static io.rollcall.client.Client.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Socket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of accounts and groups that somebody watches, connected or not. */
class SubscriptionListIT {
    private static final String LISTS = "/api/subscriptions";
    private static final String BUSY = "{\"state\":\"busy\"}";
    private static final Path GROUPS =
            Path.of(System.getProperty("rollcall.wlp"), "usr/servers/rollcall-it/groups-demo.txt");

    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final Client bob = Client.as("bob");
    private final Client zoe = Client.as("zoe");
    private final String account = Client.newAccount();
    private final String other = Client.newAccount();

    @Test
    void a_list_tells_the_state_of_each_account() {
        service.login(account, BUSY);
        service.login(other, BUSY);
        admin.decide(other, "zoe@partner.example", "allow");
        String blocking = Client.newAccount();
        admin.decide(blocking, "zoe@partner.example", "block");
        String unknown = "nobody-" + UUID.randomUUID() + "@partner.example";

        Answer created = create(zoe, accounts(account, other, blocking, unknown)).is(201);
        JsonNode list = zoe.get(path(created)).is(200).json();

        assertThat(state(list, account)).isEqualTo("pending");
        assertThat(state(list, other)).isEqualTo("active");
        assertThat(state(list, blocking)).isEqualTo("terminated rejected");
        assertThat(state(list, unknown)).isEqualTo("terminated noresource");
        assertThat(list.path("delivery").asText()).isEqualTo("stream");
        assertThat(list.path("expires").asInt()).isBetween(3590, 3600);
        assertThat(created.json().path("expires").asInt()).isEqualTo(3600);
        assertThat(zoe.put(path(created) + "?expires=600", JSON, "").json().path("expires").asInt()).isEqualTo(600);
        assertThat(created.json().path("id")).isEqualTo(list.path("id"));
        assertThat(ids(zoe)).contains(list.path("id").asText());

        zoe.delete(path(created)).is(204);
        zoe.get(path(created)).isProblem(404, "not-found");
        assertThat(ids(zoe)).doesNotContain(list.path("id").asText());
    }

    @Test
    void a_list_watches_whether_its_owner_is_connected_or_not() {
        service.login(account, BUSY);
        String path = path(create(zoe, accounts(account)));
        Await.until("the owner sees who asks", () -> watchers().equals("zoe@partner.example pending subscribe"));

        admin.decide(account, "zoe@partner.example", "allow");

        Await.until("the decision was followed", () -> watchers().equals("zoe@partner.example active approved"));
        assertThat(state(zoe.get(path).json(), account)).isEqualTo("active");
        zoe.delete(path).is(204);
        assertThat(watchers()).isEmpty();
    }

    @Test
    @DisplayName("RFC 3857 §4.7.1 — what a list was waiting for when it ended goes on waiting")
    void what_a_list_was_waiting_for_goes_on_waiting() {
        service.login(account, BUSY);
        String path = path(create(zoe, accounts(account)));
        Await.until("it is pending", () -> watchers().equals("zoe@partner.example pending subscribe"));

        zoe.delete(path).is(204);

        Await.until("it waits", () -> watchers().equals("zoe@partner.example waiting timeout"));
    }

    @Test
    void the_stream_of_a_list_shows_its_accounts_and_resumes() {
        service.login(account, BUSY);
        var changing = service.login(other, BUSY);
        String events = path(create(bob, accounts(account, other))) + "/events";
        String lastId;
        try (Events stream = bob.stream(events)) {
            stream.next();
            lastId = stream.next().id();
            assertThat(stream.all()).extracting(Event::account).containsExactlyInAnyOrder(account, other);
        }
        changing.modify("{\"state\":\"away\"}");
        try (Events resumed = bob.stream(events, "Last-Event-ID", lastId)) {
            assertThat(resumed.next().state()).isEqualTo("away");
            service.login(account, "{\"state\":\"online\"}");

            assertThat(resumed.untilState("online").account()).isEqualTo(account);
            assertThat(resumed.all()).hasSize(2);
        }
    }

    @Test
    void who_resumes_a_list_sees_an_account_that_was_added_meanwhile_though_it_did_not_change() {
        service.login(account, BUSY);
        service.login(other, BUSY);
        String path = path(create(bob, accounts(account)));
        String lastId;
        try (Events stream = bob.stream(path + "/events")) {
            lastId = stream.next().id();
        }
        bob.put(path, JSON, accounts(account, other)).is(200);

        try (Events resumed = bob.stream(path + "/events", "Last-Event-ID", lastId)) {
            assertThat(resumed.until(event -> event.account().equals(other)).state()).isEqualTo("busy");
        }
    }

    @Test
    void an_open_stream_follows_its_list() {
        service.login(account, BUSY);
        service.login(other, BUSY);
        String path = path(create(bob, accounts(account)));
        try (Events stream = bob.stream(path + "/events")) {
            assertThat(stream.next().account()).isEqualTo(account);

            bob.put(path, JSON, accounts(other)).is(200);

            Event left = stream.next();
            assertThat(left.account()).isEqualTo(account);
            assertThat(left.json().path("reason").asText()).isEqualTo("noresource");
            assertThat(stream.next().account()).isEqualTo(other);
        }
    }

    @Test
    @DisplayName("RFC 6665 §4.2.1.4 — a list that is not refreshed ends, and its stream is told timeout")
    void a_list_that_is_not_refreshed_ends() {
        service.login(account, BUSY);
        String path = path(create(bob, "{\"accounts\":[\"" + account + "\"],\"expires\":2}"));
        bob.put(path + "?expires=3", JSON, "").is(200);
        try (Events stream = bob.stream(path + "/events")) {
            Event end = stream.until(event -> event.name().equals("subscription"));

            assertThat(end.state()).isEqualTo("terminated");
            assertThat(end.json().path("reason").asText()).isEqualTo("timeout");
            bob.get(path).isProblem(404, "not-found");
            bob.get(path + "/events").isProblem(404, "not-found");
            bob.put(path, JSON, "").isProblem(404, "not-found");
        }
    }

    @Test
    void who_joins_or_leaves_a_group_joins_or_leaves_lists_and_streams() throws IOException {
        String group = "g-" + UUID.randomUUID();
        service.login(account, BUSY);
        service.login(other, BUSY);
        writeGroup(group, account);
        Await.until("the directory knows the group", () -> bob.get("/api/directory?q=" + group)
                        .json()
                        .path("groups")
                        .size()
                == 1);
        String path = path(create(bob, "{\"groups\":[\"" + group + "\"]}"));
        try (Events list = bob.stream(path + "/events");
                Events stream = bob.stream("/api/events?group=" + group);
                Socket socket = bob.socket()) {
            assertThat(list.next().account()).isEqualTo(account);
            assertThat(stream.next().account()).isEqualTo(account);
            socket.ask("subscribe", "\"groups\":[\"" + group + "\"]");
            socket.nextPresence(account);

            writeGroup(group, other);

            for (Events events : new Events[] {list, stream}) {
                assertThat(events.next().json().path("reason").asText()).isEqualTo("noresource");
                assertThat(events.next().account()).isEqualTo(other);
            }
            socket.nextPresence(other);
            assertThat(state(bob.get(path).json(), other)).isEqualTo("active");
            assertThat(bob.get(path).json().path("states")).hasSize(1);
            assertThat(socket.ask("unsubscribe", "\"groups\":[\"" + group + "\"]").path("status").asInt())
                    .isEqualTo(200);
        }
    }

    @Test
    void somebody_elses_list_is_404_and_an_administrators_to_be_read_and_ended_only() {
        String path = path(create(bob, accounts(account)));
        zoe.get(path).isProblem(404, "not-found");
        zoe.delete(path).isProblem(404, "not-found");
        for (Client stranger : new Client[] {zoe, admin}) {
            stranger.get(path + "/events").isProblem(404, "not-found");
            stranger.put(path, JSON, "").isProblem(404, "not-found");
            stranger.put(path, JSON, accounts(other)).isProblem(404, "not-found");
        }
        bob.get(path).is(200);
        bob.delete(path).is(204);
    }

    @Test
    void thousands_of_accounts_fit_but_not_more_than_the_limit() {
        String[] many = IntStream.range(0, 5000).mapToObj(i -> "m" + i + "-" + account).toArray(String[]::new);
        String path = path(create(bob, accounts(many)));
        assertThat(bob.get(path).json().path("states")).hasSize(5000);
        String[] tooMany = IntStream.range(0, 5001).mapToObj(i -> "m" + i + "-" + account).toArray(String[]::new);

        create(bob, accounts(tooMany)).isProblem(400, "invalid-request");
        bob.put(path, JSON, accounts(tooMany)).isProblem(400, "invalid-request");
        try (Events events = bob.stream(path + "/events")) {
            assertThat(events.next().json().path("reason").asText()).isEqualTo("noresource");
        }
        bob.delete(path).is(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"accounts\":[]}",
                "{\"accounts\":\"alice@example.com\"}",
                "{\"accounts\":[7]}",
                "{\"accounts\":[\"alice\"]}",
                "{\"accounts\":[\"alice@example.com\"]",
                "{\"accounts\":[\"alice@example.com\"]}{}",
                "{\"accounts\":[\"alice@example.com\"],\"delivery\":\"pigeon\"}",
                "{\"accounts\":[\"alice@example.com\"],\"delivery\":\"webhook\"}",
                "{\"accounts\":[\"alice@example.com\"],\"expires\":\"soon\"}",
                "{\"accounts\":[\"alice@example.com\"],\"expires\":-1}",
                "{\"accounts\":[\"alice@example.com\"],\"expires\":99999999999999999999}",
                "{\"accounts\":[\"alice@example.com\"],\"owner\":\"bob@example.com\"}",
                "{\"groups\":[\"no such group\"]}"
            })
    void a_list_that_is_none_is_400_and_changes_nothing(String body) {
        int before = ids(bob).split(",").length;

        create(bob, body).isProblem(400, "invalid-request");

        assertThat(ids(bob).split(",")).hasSize(before);
    }

    @Test
    void too_brief_an_expiry_says_how_long_it_must_be_and_another_media_type_is_415() {
        create(bob, "{\"accounts\":[\"alice@example.com\"],\"expires\":0}").isProblem(400, "interval-too-brief");
        bob.post(LISTS, "text/plain", accounts(account)).isProblem(415, "unsupported-media-type");
        Client.nobody().get(LISTS).isProblem(401, "not-signed-in");
    }

    @Test
    void only_get_opens_a_stream() {
        String path = path(create(bob, accounts(account)));
        bob.post(path + "/events", JSON, "").isProblem(405, "method-not-allowed");
        bob.get("/api/events?group=none").isProblem(400, "invalid-request");
        bob.delete(path).is(204);
    }

    private static Answer create(Client who, String body) {
        return who.post(LISTS, JSON, body);
    }

    /** The path of the list that was made. */
    private static String path(Answer created) {
        return URI.create(created.is(201).header("Location")).getPath();
    }

    private static String accounts(String... accounts) {
        return IntStream.range(0, accounts.length)
                .mapToObj(i -> '"' + accounts[i] + '"')
                .collect(Collectors.joining(",", "{\"accounts\":[", "]}"));
    }

    private static String state(JsonNode list, String account) {
        for (JsonNode state : list.path("states")) {
            if (state.path("account").asText().equals(account)) {
                return (state.path("state").asText() + ' ' + state.path("reason").asText()).strip();
            }
        }
        return "none";
    }

    private static String ids(Client who) {
        StringBuilder ids = new StringBuilder();
        who.get(LISTS).is(200).json().path("subscriptions").forEach(list -> ids.append(list.path("id").asText()).append(','));
        return ids.toString();
    }

    /** The one watcher of the account, with its status and event; empty if there is none. */
    private String watchers() {
        JsonNode watcher = admin.get(Client.watchers(account)).is(200).json().path("watchers").path(0);
        return watcher.isMissingNode()
                ? ""
                : watcher.path("watcher").asText() + ' ' + watcher.path("status").asText() + ' '
                        + watcher.path("event").asText();
    }

    private static void writeGroup(String group, String member) throws IOException {
        String others = Files.readString(GROUPS)
                .lines()
                .filter(line -> !line.startsWith(group))
                .collect(Collectors.joining("\n"));
        Files.writeString(GROUPS, others + '\n' + group + ": " + member + '\n', StandardOpenOption.TRUNCATE_EXISTING);
    }
}
