package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.client.Socket;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferredIT {
    private static final String ONLINE = "{\"state\":\"online\"}";

    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final Client bob = Client.as("bob");
    private final String account = Client.newAccount();
    private final String preferred = preferred(account);

    private static String preferred(String account) {
        return "/api/accounts/" + account + "/preferred";
    }

    private Answer say(String word) {
        return admin.put(preferred, Client.JSON, word).is(200);
    }

    private static String in(int seconds) {
        return Instant.now().plusSeconds(seconds).toString();
    }

    @Test
    void a_word_speaks_for_the_person_at_once_until_it_is_taken_back() {
        Login login = service.login(account, ONLINE);
        try (Events events = bob.watch(account)) {
            events.untilState("online");

            say("{\"state\":\"busy\",\"activities\":[\"meeting\"],\"note\":\"Mine\"}");

            Event busy = events.next();
            assertThat(busy.state()).isEqualTo("busy");
            assertThat(busy.json().path("person").path("tuple").isNull()).isTrue();
            assertThat(busy.json().path("person").path("note").asText()).isEqualTo("Mine");
            assertThat(busy.json().path("tuples").path(0).path("state").asText()).isEqualTo("online");
            assertThat(bob.get(Client.presence(account), "Accept", Client.PIDF).pidf()).contains("<rpid:meeting/>");
            login.modify("{\"state\":\"away\"}");
            assertThat(events.next().state()).isEqualTo("busy");

            admin.delete(preferred).is(204);

            assertThat(events.next().state()).isEqualTo("away");
            admin.get(preferred).isProblem(404, "not-found");
            admin.delete(preferred).is(204);
        }
    }

    @Test
    void a_word_ends_by_itself_and_watchers_are_told() {
        service.login(account, ONLINE);
        try (Events events = bob.watch(account)) {
            events.untilState("online");
            String until = in(2);
            say("{\"state\":\"busy\",\"until\":\"" + until + "\"}");
            assertThat(events.next().state()).isEqualTo("busy");

            assertThat(events.next().state()).isEqualTo("online");
            assertThat(Instant.now()).isBetween(Instant.parse(until), Instant.parse(until).plusSeconds(5));
            admin.get(preferred).isProblem(404, "not-found");
        }
    }

    @Test
    void a_word_that_was_said_anew_does_not_end_with_the_one_before() {
        service.login(account, ONLINE);
        String marker = Client.newAccount();
        service.login(marker, ONLINE);
        say("{\"state\":\"busy\",\"expires\":1}");
        say("{\"state\":\"busy\",\"expires\":600}");
        admin.put(preferred(marker), Client.JSON, "{\"state\":\"busy\",\"expires\":2}").is(200);
        try (Events events = bob.watch(account, marker)) {
            events.until(event -> event.account().equals(marker) && event.state().equals("online"));

            assertThat(admin.get(preferred).json().path("state").asText()).isEqualTo("busy");
        }
    }

    @Test
    void the_same_word_again_is_no_news() {
        service.login(account, ONLINE);
        try (Events events = bob.watch(account)) {
            events.untilState("online");
            say("{\"state\":\"busy\"}");
            say("{\"state\":\"busy\"}");
            say("{\"state\":\"away\"}");

            assertThat(events.next().state()).isEqualTo("busy");
            assertThat(events.next().state()).isEqualTo("away");
        }
    }

    @Test
    void out_of_office_is_seen_without_a_client_and_the_account_is_offline_all_the_same() {
        say("{\"outOfOffice\":true,\"activities\":[\"vacation\"],\"note\":\"Back on Monday\"}");

        Answer answer = bob.get(Client.presence(account)).is(200);

        assertThat(answer.json().path("state").asText()).isEqualTo("offline");
        assertThat(answer.json().path("tuples")).isEmpty();
        assertThat(answer.json().path("person").path("activities").path(0).asText()).isEqualTo("vacation");
        assertThat(bob.get(Client.presence(account), "Accept", Client.PIDF).pidf())
                .contains("<basic>closed</basic>", "<rpid:vacation/>", "Back on Monday");
        try (Events events = bob.watch(account)) {
            assertThat(events.next().json().path("person").path("note").asText()).isEqualTo("Back on Monday");
        }
    }

    @Test
    void another_word_waits_for_a_client() {
        say("{\"state\":\"busy\"}");
        assertThat(bob.get(Client.presence(account)).json().path("person").isNull()).isTrue();

        service.login(account, ONLINE);

        assertThat(bob.get(Client.presence(account)).json().path("state").asText()).isEqualTo("busy");
    }

    @Test
    void an_invisible_account_is_offline_to_all_who_watch_and_nothing_moves() {
        Login login = service.login(account, ONLINE);
        try (Events events = bob.watch(account);
                Socket socket = Client.as("carol").socket();
                Events admins = admin.watch(account)) {
            events.untilState("online");
            socket.ask("subscribe", "\"accounts\":[\"" + account + "\"]");
            socket.nextPresence(account);

            say("{\"invisible\":true}");
            Event offline = events.next();
            assertThat(offline.state()).isEqualTo("offline");
            String seen = offline.data();
            String carols = socket.nextPresence(account).toString();
            login.modify("{\"state\":\"busy\"}").modify("{\"state\":\"away\"}").logout();
            String newest = service.login(account, ONLINE).tuple();
            admins.until(event -> event.data().contains(newest));

            assertThat(bob.get(Client.presence(account)).text()).isEqualTo(seen);
            assertThat(carols).endsWith(seen.substring(1));
            assertThat(events.all()).last().isEqualTo(offline);

            admin.delete(preferred).is(204);
            assertThat(events.next().state()).isEqualTo("online");
        }
    }

    @Test
    void invisible_looks_like_offline_to_the_last_byte_on_every_path() {
        String gone = Client.newAccount();
        String hidden = Client.newAccount();
        service.login(gone, ONLINE).logout();
        service.login(hidden, ONLINE);
        admin.put(preferred(hidden), Client.JSON, "{\"state\":\"offline\",\"expires\":600}").is(200);
        String lastSeen = bob.get(Client.presence(gone)).json().path("lastSeen").asText();
        String hiddenSince = bob.get(Client.presence(hidden)).json().path("lastSeen").asText();

        for (String type : new String[] {Client.JSON, Client.PIDF}) {
            Answer offline = bob.get(Client.presence(gone), "Accept", type).is(200);
            Answer invisible = bob.get(Client.presence(hidden), "Accept", type).is(200);
            assertThat(invisible.text().replace(hidden, gone).replace(hiddenSince, lastSeen))
                    .isEqualTo(offline.text());
            assertThat(invisible.stableHeaders().keySet()).isEqualTo(offline.stableHeaders().keySet());
            bob.get(Client.presence(hidden), "Accept", type, "If-None-Match", invisible.header("ETag")).is(304);
        }
        Answer batch = bob.post("/api/presence/query", Client.JSON, "{\"accounts\":[\"" + hidden + "\"]}");
        assertThat(batch.text()).contains(bob.get(Client.presence(hidden)).text());
        try (Events events = bob.watch(hidden);
                Events pidf = bob.watchPidf(hidden)) {
            assertThat(events.next().data()).isEqualTo(bob.get(Client.presence(hidden)).text());
            assertThat(pidf.next().data()).isEqualTo(
                    bob.get(Client.presence(hidden), "Accept", Client.PIDF).text().stripTrailing());
        }
    }

    @Test
    void one_may_hide_from_some_only_and_say_something_else_to_the_others() {
        service.login(account, ONLINE);
        say("{\"state\":\"busy\",\"invisible\":true,\"to\":[\"bob@example.com\"]}");

        assertThat(bob.get(Client.presence(account)).json().path("state").asText()).isEqualTo("offline");
        assertThat(Client.as("carol").get(Client.presence(account)).json().path("state").asText()).isEqualTo("busy");
        assertThat(admin.get(Client.presence(account)).json().path("state").asText()).isEqualTo("busy");
    }

    @Test
    void hiding_gives_nobody_more_than_rules_do() {
        service.login(account, ONLINE);
        say("{\"invisible\":true}");

        Client.as("zoe").get(Client.presence(account)).isProblem(403, "pending");
    }

    @Test
    void an_owner_says_and_sees_its_own_word_others_do_not() {
        Client dave = Client.as("dave");
        String own = preferred("dave@example.com");

        dave.put(own, Client.JSON, "{\"note\":\"Mine\"}").is(200);

        assertThat(dave.get(own).json().path("note").asText()).isEqualTo("Mine");
        bob.get(own).isProblem(403, "forbidden");
        bob.put(own, Client.JSON, "{\"state\":\"busy\"}").isProblem(403, "forbidden");
        bob.delete(own).isProblem(403, "forbidden");
        service.put(own, Client.JSON, "{\"state\":\"busy\"}").isProblem(403, "forbidden");
        Client.nobody().get(own).is(401);
        dave.delete(own).is(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "{\"state\":\"busy\",\"until\":\"2020-01-01T00:00:00Z\"}",
                "{\"state\":\"busy\",\"mood\":1}",
                "{\"invisible\":true,\"to\":[\"@\"]}",
                "{\"state\":\"busy\",\"note\":\"\\u0000\"}"
            })
    void what_is_no_word_is_400_and_changes_nothing(String body) {
        say("{\"state\":\"busy\"}");

        admin.put(preferred, Client.JSON, body).isProblem(400, "invalid-document");

        assertThat(admin.get(preferred).json().path("state").asText()).isEqualTo("busy");
    }

    @Test
    void a_word_too_large_or_of_another_type_is_refused() {
        admin.put(preferred, Client.JSON, "{\"note\":\"" + "x".repeat(70_000) + "\"}").isProblem(413, "too-large");
        admin.put(preferred, "text/plain", "busy").isProblem(415, "unsupported-media-type");
    }

    @Test
    @DisplayName("RFC 4480 §3.1: what holds until a time ends by itself, and watchers are told")
    void an_activity_ends_by_itself() {
        String pidf = "<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'"
                + " xmlns:r='urn:ietf:params:xml:ns:pidf:rpid' entity='pres:" + account + "'>"
                + "<tuple id='t'><status><basic>open</basic></status></tuple><dm:person id='p'>"
                + "<r:activities until='" + in(2) + "'><r:meeting/></r:activities>"
                + "<r:activities from='" + in(4) + "'><r:meal/></r:activities></dm:person></presence>";
        Answer login = service.post(Client.presentities(account), Client.PIDF, pidf).is(201);
        String path = login.header("Location").substring(Client.SERVER.length());
        try (Events events = bob.watch(account)) {
            assertThat(events.next().json().path("person").path("activities").toString()).isEqualTo("[\"meeting\"]");

            Event between = events.next();
            assertThat(between.state()).isEqualTo("online");
            assertThat(between.json().path("person").path("activities").toString()).isEqualTo("[]");
            Answer refreshed = service.put(path, Client.PIDF, "", "If-Match", login.header("ETag")).is(200);

            assertThat(events.next().state()).isEqualTo("away");
            assertThat(bob.get(Client.presence(account), "Accept", Client.PIDF).pidf())
                    .contains("<rpid:meal/>")
                    .doesNotContain("<rpid:meeting/>");
            service.put(path, Client.JSON, ONLINE, "If-Match", refreshed.header("ETag")).is(200);
            assertThat(events.next().state()).isEqualTo("online");
        }
    }
}
