package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Follower;
import io.rollcall.client.Hook;
import io.rollcall.client.Load;
import io.rollcall.client.Login;
import io.rollcall.client.Postgres;
import io.rollcall.client.ServerProcess;
import io.rollcall.client.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A server that is killed in the midst of work, again and again, has lost nothing that it had answered with success. How often
 * is {@code -Drollcall.crash.kills}; {@code -Drollcall.crash.postgresql=true} puts PostgreSQL behind it.
 */
class RestartIT {
    private static final String ONLINE = "{\"state\":\"online\"}";
    private static final String BUSY = "{\"state\":\"busy\",\"note\":\"before the fall\"}";
    private static final int WRITERS = 8;
    private static final int KILLS = Integer.getInteger("rollcall.crash.kills", 5);

    private static Postgres postgres;
    private static ServerProcess server;
    private static Client service;
    private static Client bob;
    private static Login kept;
    private static Login watched;
    private static Login loggedOut;
    private static Login due;
    private static Login pendingFor;
    private static final String BOARDED = Client.newAccount();
    private static String forgotten;
    private static JsonNode keptPresence;
    private static String lastEventId;
    private static String list;
    private static final Hook HOOK = new Hook();
    private static Login hooked;
    private static Login goesOn;
    private static Load load;
    private static Follower follower;
    private static Map<String, Integer> acknowledged;

    @BeforeAll
    static void kill_a_working_server_and_start_it_again() {
        Map<String, String> settings = new HashMap<>(Hook.SETTINGS);
        settings.put("ROLLCALL_LIMITS_PUBLICATIONS", "0");
        if (Boolean.getBoolean("rollcall.crash.postgresql")) {
            postgres = Postgres.started();
            settings.putAll(postgres.settings());
        }
        server = ServerProcess.startWithSample("rollcall-restart", settings);
        service = Client.as("service", server.url());
        bob = Client.as("bob", server.url());
        kept = service.login(Client.newAccount(), ONLINE).modify(BUSY).refresh();
        loggedOut = service.login(Client.newAccount(), ONLINE);
        loggedOut.logout();
        pendingFor = service.login(Client.newAccount(), ONLINE);
        admin().decide(pendingFor.account(), "bob@example.com", "block");
        watched = service.login(Client.newAccount(), ONLINE);
        try (Events events = bob.watch(watched.account())) {
            lastEventId = events.next().id();
        }
        leaveRequest();
        list = zoe().post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + kept.account() + "\"]}")
                .is(201)
                .header("Location")
                .replaceFirst("http://[^/]*", "");
        hooked = service.login(Client.newAccount(), ONLINE);
        bob.post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + hooked.account()
                        + "\"],\"delivery\":\"webhook\",\"url\":\"" + HOOK.url() + "\"}")
                .is(201);
        HOOK.untilState(hooked.account(), "online");
        service.post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + BOARDED + "\"],\"delivery\":\"jms\"}")
                .is(201);
        untilBoardShows("busy");
        keptPresence = bob.get(Client.presence(kept.account())).json();
        due = service.login(Client.newAccount(), ONLINE, "?expires=1");
        admin().decide(due.account(), "carol@example.com", "block");
        forgotten = Client.newAccount();
        service.login(forgotten, ONLINE).logout();
        goesOn = service.login(Client.newAccount(), ONLINE);
        server.set("ROLLCALL_RETENTION_LAST_SEEN", "PT1S");
        server.set("ROLLCALL_RETENTION_SWEEP", "PT1S");
        killUnderLoad();
    }

    @AfterAll
    static void stop() {
        if (follower != null) {
            follower.close();
        }
        if (server != null) {
            server.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        HOOK.close();
    }

    @Test
    void what_was_answered_with_success_is_there_with_the_same_tag() {
        Answer stored = service.get(kept.path()).is(200);
        assertThat(stored.header("ETag")).isEqualTo(kept.etag());
        assertThat(stored.json().path("note").asText()).isEqualTo("before the fall");
        service.get(loggedOut.path()).isProblem(404, "not-found");
    }

    @Test
    void of_what_was_under_way_everything_acknowledged_is_there_and_everybody_went_on() {
        assertThat(acknowledged).hasSize(WRITERS);
        assertThat(load.refusals()).isEmpty();
        acknowledged.forEach((account, number) -> {
            JsonNode tuples = service.get(Client.presence(account)).is(200).json().path("tuples");
            assertThat(tuples).hasSize(1);
            assertThat(tuples.get(0).path("note").asText()).isEqualTo(String.valueOf(number));
        });
    }

    @Test
    void a_watcher_that_came_back_each_time_ends_with_the_newest_state_and_was_told_nothing_older() {
        acknowledged.forEach((account, number) -> Await.until(
                account + " is at " + number, () -> follower.note(account).equals(String.valueOf(number))));
        assertThat(follower.backwards()).isEmpty();
    }

    @Test
    void presence_is_as_it_was() {
        assertThat(bob.get(Client.presence(kept.account())).json()).isEqualTo(keptPresence);
    }

    @Test
    void decisions_still_hold() {
        bob.get(Client.presence(pendingFor.account())).isProblem(403, "blocked");
    }

    @Test
    void what_was_due_while_the_server_was_away_has_ended() {
        Await.until("it has expired", () -> service.get(due.path()).status() == 404);
        assertThat(bob.get(Client.presence(due.account())).json().path("state").asText()).isEqualTo("offline");
    }

    @Test
    void when_an_account_was_last_seen_is_forgotten_and_the_account_if_that_was_all() {
        Await.until("it is gone", () -> bob.get(Client.presence(forgotten)).status() == 404);
        Await.until("it is not known when it was seen", () -> bob.get(Client.presence(due.account()))
                .is(200)
                .json()
                .path("lastSeen")
                .isNull());
        Client.as("carol", server.url()).get(Client.presence(due.account())).isProblem(403, "blocked");
    }

    @Test
    void a_client_goes_on_with_the_tag_it_had_and_expiry_is_still_told() {
        try (Events events = bob.watch(goesOn.account())) {
            events.next();
            service.put(goesOn.path() + "?expires=1", Client.JSON, "", "If-Match", goesOn.etag()).is(200);

            assertThat(events.untilState("offline").account()).isEqualTo(goesOn.account());
        }
    }

    @Test
    void a_watcher_resumes_where_it_was() {
        watched.modify(BUSY);
        try (Events events = bob.resume(lastEventId, watched.account())) {
            Event next = events.next();
            assertThat(next.version()).isEqualTo(2);
            assertThat(next.state()).isEqualTo("busy");
        }
    }

    @Test
    void a_request_made_while_the_owner_was_away_is_found_later() {
        assertThat(watcherOf(loggedOut.account())).isEqualTo("zoe@partner.example waiting");

        admin().decide(loggedOut.account(), "zoe@partner.example", "allow");

        Await.until("the request is gone", () -> watcherOf(loggedOut.account()).isEmpty());
    }

    @Test
    void a_list_goes_on() {
        JsonNode state = zoe().get(list).is(200).json().path("states").get(0);
        assertThat(state.path("state").asText()).isEqualTo("pending");
        assertThat(watcherOf(kept.account())).isEqualTo("zoe@partner.example pending");
    }

    @Test
    void a_webhook_goes_on_where_it_was() {
        hooked.modify(BUSY);

        HOOK.untilState(hooked.account(), "busy");
        assertThat(HOOK.states(hooked.account())).endsWith("busy").startsWith("online").doesNotContain("offline");
    }

    @Test
    void the_sample_application_goes_on_publishing_and_is_told_on() {
        untilBoardShows("away");
    }

    /** Publishes over the sample application's servlet and the queue, and waits for the topic to tell its listener. */
    private static void untilBoardShows(String state) {
        Client sample = Client.nobodyAt(server.url());
        String board = "/rollcall-sample/board";
        Await.until("the sample runs", () -> sample.get(board).status() == 200);
        sample.post(board + "?account=" + BOARDED + "&state=" + state, Client.JSON, "").is(201);
        Await.until("its listener is told", () -> sample.get(board).text().contains(BOARDED + " is " + state + '\n'));
    }

    private static void leaveRequest() {
        try (Socket socket = zoe().socket()) {
            socket.ask("subscribe", "\"accounts\":[\"" + loggedOut.account() + "\"]");
            socket.next(message -> message.path("state").asText().equals("pending"));
        }
        Await.until("the request waits", () -> watcherOf(loggedOut.account()).endsWith("waiting"));
    }

    /** The one watcher of an account, with its status. */
    private static String watcherOf(String account) {
        JsonNode watcher = admin().get(Client.watchers(account)).json().path("watchers").path(0);
        return (watcher.path("watcher").asText() + ' ' + watcher.path("status").asText()).strip();
    }

    private static Client admin() {
        return Client.as("admin", server.url());
    }

    private static Client zoe() {
        return Client.as("zoe", server.url());
    }

    /** Whatever publishes and watches goes on through it all. */
    private static void killUnderLoad() {
        Random random = new Random();
        long start = System.nanoTime();
        load = Load.at(List.of(service), WRITERS);
        follower = Follower.of(bob, load.accounts());
        load.begin();
        for (int i = 0; i < KILLS; i++) {
            load.untilAcknowledged(1 + random.nextInt(50));
            server.kill();
            server.start();
        }
        load.untilAcknowledged(1);
        acknowledged = load.end();
        System.getLogger(RestartIT.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        KILLS + " kills in " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s, "
                                + acknowledged.values().stream().mapToInt(Integer::intValue).sum()
                                + " publications acknowledged");
    }
}
