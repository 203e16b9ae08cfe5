package io.rollcall.watcherinfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Socket;
import io.rollcall.document.SchemaCheck;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who watches an account, and who may know it (RFC 3857, RFC 3858). */
class WatchersIT {
    private static final String BOB = "bob@example.com";
    private static final String ZOE = "zoe@partner.example";
    private static final String BUSY = "{\"state\":\"busy\"}";

    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final Client bob = Client.as("bob");
    private final Client zoe = Client.as("zoe");
    private final String account = Client.newAccount();

    @Test
    void who_is_connected_watches_and_who_is_not_does_not() {
        service.login(account, BUSY);
        assertThat(states(admin)).isEmpty();
        try (Events events = bob.watch(account);
                Events zoes = zoe.watch(account)) {
            events.next();
            assertThat(zoes.next().state()).isEqualTo("pending");

            JsonNode bobs = admin.get(Client.watchers(account)).is(200).json().path("watchers").get(0);
            assertThat(states(admin)).isEqualTo("bob@example.com active subscribe, zoe@partner.example pending subscribe");
            assertThat(bobs.path("handling").asText()).isEqualTo("allow");
            assertThat(bobs.path("since").asText()).endsWith("Z");
        }
        Await.until("bob is gone and zoe's request waits", () -> states(admin)
                .equals("zoe@partner.example waiting timeout"));
    }

    @Test
    void a_fetch_is_no_subscription() {
        service.login(account, BUSY);
        bob.get(Client.presence(account)).is(200);
        zoe.get(Client.presence(account)).isProblem(403, "pending");

        assertThat(states(admin)).isEmpty();
    }

    @Test
    @DisplayName("RFC 3857 §4.7.1 — a waiting request ends when the owner decides")
    void a_waiting_request_ends_when_the_owner_decides() {
        service.login(account, BUSY);
        leaveRequest();

        admin.decide(account, ZOE, "allow");

        Await.until("the request is gone", () -> states(admin).isEmpty());
    }

    @Test
    void one_who_asks_again_does_not_wait_twice() {
        service.login(account, BUSY);
        leaveRequest();
        try (Events again = zoe.watch(account)) {
            again.next();
            assertThat(states(admin)).isEqualTo("zoe@partner.example pending subscribe");

            admin.decide(account, ZOE, "allow");

            again.untilState("busy");
            assertThat(states(admin)).isEqualTo("zoe@partner.example active approved");
        }
        Await.until("nothing is left", () -> states(admin).isEmpty());
    }

    @Test
    @DisplayName("RFC 3857 §4.7.2 — a watcher learns no more than its own subscription tells it")
    void a_watcher_learns_no_more_than_its_own_subscription_tells_it() {
        service.login(account, BUSY);
        admin.decide(account, BOB, "polite-block");
        try (Events bobs = bob.watch(account);
                Events zoes = zoe.watch(account)) {
            bobs.next();
            zoes.next();

            assertThat(states(bob)).isEqualTo("bob@example.com active subscribe");
            assertThat(states(zoe)).isEqualTo("zoe@partner.example pending subscribe");
            assertThat(bob.get(Client.watchers(account)).json().path("watchers").get(0).has("handling")).isFalse();
            assertThat(states(Client.as("carol"))).isEmpty();
            admin.decide(account, BOB, "block");
            bob.get(Client.watchers(account)).isProblem(403, "blocked");
        }
    }

    @Test
    @DisplayName("RFC 3858 §3 — the XML is valid, and full in version 0 when it is fetched")
    void the_xml_is_valid() {
        service.login(account, BUSY);
        try (Events events = bob.watch(account);
                Events zoes = zoe.watch(account)) {
            events.next();
            zoes.next();
            var answer = admin.get(Client.watchers(account), "Accept", "application/watcherinfo+xml").is(200);

            String xml = SchemaCheck.validWatcherInfo(answer.text());
            assertThat(answer.header("Content-Type")).startsWith("application/watcherinfo+xml");
            assertThat(xml)
                    .contains("version=\"0\" state=\"full\"")
                    .contains("<watcher-list resource=\"pres:" + account + "\" package=\"presence\">")
                    .contains("status=\"active\" event=\"subscribe\"")
                    .contains(">pres:bob@example.com</watcher>");
        }
        admin.get(Client.watchers(account), "Accept", "text/html").isProblem(406, "not-acceptable");
    }

    @Test
    @DisplayName("RFC 3858 §4 — the owner is told all watchers first, then the changes, in versions without a gap")
    void the_owner_is_told_live() {
        Client dave = Client.as("dave");
        String own = "dave@example.com";
        try (Events events = dave.watch(own)) {
            Event full = events.until(event -> event.name().equals("watchers"));
            assertThat(full.json().path("version").asInt()).isZero();
            assertThat(full.json().path("state").asText()).isEqualTo("full");

            try (Events zoes = zoe.watch(own)) {
                JsonNode asked = next(events, 1);
                assertThat(asked.path("watcher").asText()).isEqualTo(ZOE);
                assertThat(asked.path("status").asText()).isEqualTo("pending");

                dave.decide(own, ZOE, "allow");
                JsonNode approved = next(events, 2);
                assertThat(approved.path("status").asText()).isEqualTo("active");
                assertThat(approved.path("event").asText()).isEqualTo("approved");
                zoes.until(Event::isPresence);
            }
            JsonNode gone = next(events, 3);
            assertThat(gone.path("status").asText()).isEqualTo("terminated");
            assertThat(gone.path("event").asText()).isEqualTo("timeout");
        } finally {
            dave.delete(Client.authorization(own, ZOE)).is(204);
        }
    }

    @Test
    void the_owner_is_told_at_once_whom_its_own_word_hides_it_from() {
        Client dave = Client.as("dave");
        String own = "dave@example.com";
        String preferred = "/api/accounts/" + own + "/preferred";
        try (Events events = dave.watch(own);
                Events bobs = bob.watch(own)) {
            bobs.next();
            untilHandling(events, "allow");

            dave.put(preferred, Client.JSON, "{\"invisible\":true}").is(200);
            untilHandling(events, "polite-block");
            dave.delete(preferred).is(204);
            untilHandling(events, "allow");
        } finally {
            dave.delete(preferred).is(204);
        }
    }

    @Test
    void over_a_websocket_the_owner_asks_for_it() {
        Client carol = Client.as("carol");
        try (Socket socket = carol.socket();
                Socket pidf = carol.socket("?format=pidf")) {
            assertThat(socket.ask("subscribe", "\"watchers\":true").path("status").asInt()).isEqualTo(200);
            assertThat(pidf.ask("subscribe", "\"watchers\":true").path("status").asInt()).isEqualTo(200);

            JsonNode full = socket.next(message -> message.path("type").asText().equals("watchers"));
            assertThat(full.path("account").asText()).isEqualTo("carol@example.com");
            assertThat(full.path("version").asInt()).isZero();
            JsonNode xml = pidf.next(message -> message.path("type").asText().equals("watchers"));
            SchemaCheck.validWatcherInfo(xml.path("watcherinfo").asText());
        }
    }

    @Test
    void a_stream_may_carry_watchers_alone_or_leave_them_out() {
        try (Events alone = bob.stream("/api/events?watchers=true")) {
            assertThat(alone.next().name()).isEqualTo("watchers");
        }
        bob.get("/api/events?watchers=maybe").isProblem(400, "invalid-request");
        bob.get("/api/events?watchers=false").isProblem(400, "invalid-request");
    }

    @Test
    void what_names_no_account_is_400() {
        admin.get("/api/accounts/nobody/watchers").isProblem(400, "invalid-request");
    }

    /** A partial document with one watcher in it. */
    private static JsonNode next(Events events, int version) {
        JsonNode info = events.until(event -> event.name().equals("watchers")).json();
        assertThat(info.path("version").asInt()).isEqualTo(version);
        assertThat(info.path("state").asText()).isEqualTo("partial");
        assertThat(info.path("watchers")).hasSize(1);
        return info.path("watchers").get(0);
    }

    /** Until a document tells that bob is handled so. */
    private static void untilHandling(Events events, String handling) {
        events.until(event -> event.name().equals("watchers")
                && event.json().path("watchers").findParents("watcher").stream()
                        .anyMatch(each -> each.path("watcher").asText().equals(BOB)
                                && each.path("handling").asText().equals(handling)));
    }

    private void leaveRequest() {
        try (Events zoes = zoe.watch(account)) {
            assertThat(zoes.next().state()).isEqualTo("pending");
        }
        Await.until("the request waits", () -> states(admin).equals("zoe@partner.example waiting timeout"));
    }

    /** Each watcher with its status and event, as somebody sees them, by name. */
    private String states(Client who) {
        TreeSet<String> sorted = new TreeSet<>();
        for (JsonNode watcher : who.get(Client.watchers(account)).is(200).json().path("watchers")) {
            sorted.add(watcher.path("watcher").asText() + ' ' + watcher.path("status").asText() + ' '
                    + watcher.path("event").asText());
        }
        return String.join(", ", sorted);
    }
}
