package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.document.SchemaCheck;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presence as server-sent events. */
class EventsIT {
    private static final String ONLINE = "{\"state\":\"online\"}";
    private static final String BUSY = "{\"state\":\"busy\"}";
    private static final String AWAY = "{\"state\":\"away\"}";
    private static final String BOB = "bob@example.com";

    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final Client bob = Client.as("bob");
    private final String account = Client.newAccount();

    @Test
    void the_present_state_comes_first_then_each_change() {
        Login login = service.login(account, BUSY);
        try (Events events = bob.watch(account)) {
            Event first = events.next();
            assertThat(first.name()).isEqualTo("presence");
            assertThat(first.json()).isEqualTo(bob.get(Client.presence(account)).json());

            login = login.modify(AWAY);
            assertThat(events.next().state()).isEqualTo("away");

            login.logout();
            Event last = events.next();
            assertThat(last.state()).isEqualTo("offline");
            assertThat(last.json().path("tuples")).isEmpty();
        }
    }

    @Test
    void over_tls_too() {
        Login login = Client.as("service", Client.SECURE).login(account, BUSY);
        try (Events events = Client.as("bob", Client.SECURE).watch(account)) {
            assertThat(events.next().state()).isEqualTo("busy");

            login.modify(AWAY);

            assertThat(events.next().state()).isEqualTo("away");
        }
    }

    @Test
    void whatwg_9_2_the_answer_is_an_event_stream_that_is_not_stored() {
        try (Events events = bob.watch(account)) {
            assertThat(events.response().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(events.response().headers().firstValue("Cache-Control").orElseThrow())
                    .contains("no-store");
        }
    }

    @Test
    void several_accounts_come_over_one_stream() {
        String other = Client.newAccount();
        service.login(account, BUSY);
        Login login = service.login(other, ONLINE);
        try (Events events = bob.watch(account, other)) {
            assertThat(List.of(events.next().account(), events.next().account()))
                    .containsExactlyInAnyOrder(account, other);

            login.modify(AWAY);

            Event change = events.next();
            assertThat(change.account()).isEqualTo(other);
            assertThat(change.state()).isEqualTo("away");
        }
    }

    @Test
    void an_account_nobody_knows_is_told_so_and_watched_should_it_come_to_be() {
        try (Events events = bob.watch(account)) {
            Event first = events.next();
            assertThat(first.name()).isEqualTo("subscription");
            assertThat(first.state()).isEqualTo("terminated");
            assertThat(first.json().path("reason").asText()).isEqualTo("noresource");

            service.login(account, ONLINE);

            assertThat(events.next().state()).isEqualTo("online");
        }
    }

    @Test
    void format_pidf_puts_valid_pidf_into_the_data() {
        Login login = service.login(account, BUSY);
        try (Events events = bob.watchPidf(account)) {
            assertThat(SchemaCheck.valid(events.next().data())).contains("<rpid:busy/>", "pres:" + account);

            login = login.modify("{\"state\":\"away\",\"note\":\"Line 1\\nLine 2\"}");
            Event away = events.until(event -> event.data().contains("Line 1\nLine 2"));
            SchemaCheck.valid(away.data());

            login.logout();
            Event offline = events.until(event -> event.data().contains("closed"));
            SchemaCheck.valid(offline.data());
        }
    }

    @Test
    void a_resume_gives_what_changed_since_and_nothing_else() {
        String unchanged = Client.newAccount();
        service.login(unchanged, ONLINE);
        Login login = service.login(account, ONLINE);
        String seen;
        try (Events events = bob.watch(account, unchanged)) {
            events.next();
            seen = events.next().id();
        }
        login.modify(AWAY);

        try (Events events = bob.resume(seen, account, unchanged)) {
            Event first = events.next();
            assertThat(first.account()).isEqualTo(account);
            assertThat(first.state()).isEqualTo("away");
            service.login(unchanged, BUSY);
            Event second = events.next();
            assertThat(second.account()).isEqualTo(unchanged);
            assertThat(second.state()).isEqualTo("busy");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "999999999", "0", "-5", "not-ours", "1e9"})
    void a_resume_from_an_id_this_server_cannot_place_gives_everything(String id) {
        String other = Client.newAccount();
        service.login(account, ONLINE);
        service.login(other, AWAY);

        try (Events events = bob.resume(id, account, other)) {
            assertThat(List.of(events.next().state(), events.next().state()))
                    .containsExactlyInAnyOrder("online", "away");
        }
    }

    @Test
    void a_resume_from_the_first_of_two_states_does_not_lose_the_second() {
        String other = Client.newAccount();
        service.login(account, ONLINE);
        service.login(other, ONLINE);
        String first;
        try (Events events = bob.watch(account, other)) {
            first = events.next().id();
        }

        // the connection broke before the second state came
        Events resumed = first.isEmpty() ? bob.watch(account, other) : bob.resume(first, account, other);
        try (resumed) {
            assertThat(resumed.until(event -> event.account().equals(other)).state()).isEqualTo("online");
        }
    }

    @Test
    void comments_keep_a_silent_stream_alive() {
        try (Events events = bob.watch(account)) {
            int before = events.comments();
            Await.until("two keep-alive comments came", () -> events.comments() >= before + 2);
        }
    }

    @Test
    void a_refresh_and_equal_state_notify_nobody() {
        Login login = service.login(account, BUSY);
        try (Events events = bob.watch(account)) {
            long version = events.next().version();

            login.refresh().modify(BUSY).refresh().modify(AWAY);

            Event next = events.next();
            assertThat(next.state()).isEqualTo("away");
            assertThat(next.version()).isEqualTo(version + 1);
        }
    }

    @Test
    void rfc5025_3_2_1_blocked_is_refused() {
        service.login(account, ONLINE);
        admin.decide(account, BOB, "block");

        bob.get(Client.query("/api/events", account)).isProblem(403, "blocked");
    }

    @Test
    void among_several_accounts_the_blocked_one_is_told_of_and_the_others_are_shown() {
        String open = Client.newAccount();
        service.login(account, ONLINE);
        service.login(open, ONLINE);
        admin.decide(account, BOB, "block");

        try (Events events = bob.watch(account, open)) {
            Event refused = events.until(event -> event.name().equals("subscription"));
            assertThat(refused.account()).isEqualTo(account);
            assertThat(refused.state()).isEqualTo("terminated");
            assertThat(refused.json().path("reason").asText()).isEqualTo("rejected");
            Await.until("the other is shown", () -> events.all().stream().anyMatch(Event::isPresence));
            assertThat(events.all()).filteredOn(Event::isPresence).allMatch(event -> event.account().equals(open));
        }
    }

    @Test
    void rfc3856_6_6_2_who_waits_for_a_decision_is_told_so_and_shown_the_truth_as_soon_as_allowed() {
        Client zoe = Client.as("zoe");
        Login login = service.login(account, BUSY);
        try (Events events = zoe.watch(account)) {
            Event pending = events.next();
            assertThat(pending.name()).isEqualTo("subscription");
            assertThat(pending.state()).isEqualTo("pending");
            zoe.get(Client.presence(account)).isProblem(403, "pending");
            login = login.modify(AWAY);

            admin.decide(account, "zoe@partner.example", "allow");

            assertThat(events.next().state()).isEqualTo("active");
            Event truth = events.next();
            assertThat(truth.isPresence()).isTrue();
            assertThat(truth.state()).isEqualTo("away");
            login.modify(BUSY);
            assertThat(events.next().state()).isEqualTo("busy");
        }
    }

    @Test
    void a_decision_acts_on_a_live_stream_at_once() {
        Login login = service.login(account, ONLINE);
        try (Events events = bob.watch(account)) {
            assertThat(events.next().state()).isEqualTo("online");

            admin.decide(account, BOB, "block");
            Event ended = events.next();
            assertThat(ended.name()).isEqualTo("subscription");
            assertThat(ended.state()).isEqualTo("terminated");

            login.modify(AWAY).modify(BUSY);
            admin.decide(account, BOB, "allow");
            assertThat(events.next().state()).isEqualTo("active");
            assertThat(events.next().state()).isEqualTo("busy");
        }
    }

    @Test
    void politely_blocked_on_a_live_stream_the_account_seems_to_log_out() {
        Login login = service.login(account, ONLINE);
        try (Events events = bob.watch(account);
                Events carols = Client.as("carol").watch(account)) {
            events.next();
            admin.decide(account, BOB, "polite-block");
            Event left = events.next();
            assertThat(left.isPresence()).isTrue();
            assertThat(left.state()).isEqualTo("offline");
            assertThat(left.json().path("lastSeen").isNull()).isFalse();

            login.modify(BUSY).logout();
            carols.untilState("offline");
            admin.decide(account, BOB, "allow");
            Event back = events.next();
            assertThat(back.isPresence()).isTrue();
            assertThat(back.state()).isEqualTo("offline");
        }
    }

    @Test
    void rfc6665_6_2_a_polite_block_looks_the_same_as_being_offline() {
        Client carol = Client.as("carol");
        service.login(account, BUSY).logout();
        admin.decide(account, BOB, "polite-block");
        List<Answer> truth = everyPath(carol);

        Login login = service.login(account, ONLINE).modify(AWAY);

        List<Answer> shown = everyPath(bob);
        for (int i = 0; i < truth.size(); i++) {
            assertThat(shown.get(i).status()).isEqualTo(truth.get(i).status());
            assertThat(shown.get(i).body()).isEqualTo(truth.get(i).body());
            assertThat(shown.get(i).stableHeaders()).isEqualTo(truth.get(i).stableHeaders());
        }
        try (Events events = bob.watch(account);
                Events carols = carol.watch(account)) {
            carols.untilState("away");
            login.logout();
            carols.untilState("offline");
            Await.until("keep-alive comments came", () -> events.comments() >= 2);
            assertThat(events.all()).hasSize(1);
            assertThat(events.next().data()).isEqualTo(truth.get(0).text());
        }
    }

    @Test
    void versions_never_fall_while_several_clients_write() {
        int writers = 4;
        List<Login> logins =
                IntStream.range(0, writers).mapToObj(i -> service.login(account, ONLINE)).toList();
        try (Events events = bob.watch(account)) {
            CompletableFuture.allOf(logins.stream()
                            .map(login -> CompletableFuture.runAsync(() -> alternate(login, 40)))
                            .toArray(CompletableFuture[]::new))
                    .join();
            long last = bob.get(Client.presence(account)).json().path("version").asLong();

            events.until(event -> event.version() == last);

            List<Long> versions = events.all().stream().map(Event::version).toList();
            assertThat(versions).isSorted().doesNotHaveDuplicates();
            assertThat(last).isEqualTo(writers + writers * 40L);
        }
    }

    @Test
    void watchers_of_the_same_are_sent_the_same_bytes() {
        Login login = service.login(account, ONLINE);
        try (Events events = bob.watch(account);
                Events others = Client.as("carol").watch(account)) {
            login.modify(BUSY);

            assertThat(others.untilState("busy")).isEqualTo(events.untilState("busy"));
        }
    }

    @Test
    void a_request_that_names_no_account_or_no_format_is_400() {
        bob.get("/api/events").isProblem(400, "invalid-request");
        bob.get("/api/events?account=nobody").isProblem(400, "invalid-request");
        bob.get(Client.query("/api/events", account) + "&format=xml").isProblem(400, "invalid-request");
    }

    /** Every request that shows presence of the account. */
    private List<Answer> everyPath(Client client) {
        return List.of(
                client.get(Client.presence(account)),
                client.get(Client.presence(account), "Accept", Client.PIDF),
                client.post("/api/presence/query", Client.JSON, "{\"accounts\":[\"" + account + "\"]}"),
                client.get("/api/directory?q=" + account));
    }

    private static void alternate(Login login, int times) {
        Login current = login;
        for (int i = 0; i < times; i++) {
            current = current.modify(i % 2 == 0 ? BUSY : AWAY);
        }
    }
}
