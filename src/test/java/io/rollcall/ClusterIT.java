package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Hook;
import io.rollcall.client.Hook.Request;
import io.rollcall.client.LargeDocument;
import io.rollcall.client.Load;
import io.rollcall.client.Login;
import io.rollcall.client.RawSocket;
import io.rollcall.client.SharedCluster;
import io.rollcall.client.Socket;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The same two nodes when something fails, or is stopped. */
@Order(SharedCluster.LAST + 2)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT extends ClusterNodes {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int PUBLISHERS = 4;
    private static final int MORE_THAN_IS_BUFFERED = 120;
    /** Ten on a machine with nothing else to do; the container alone would wait for thirty. */
    private static final int STOPPED_SECONDS = 20;

    /** What a node that was killed had is free after twenty. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(45);

    private static final int LAST = Integer.MAX_VALUE;

    @Test
    void while_the_broker_is_away_publications_go_on_and_watchers_are_up_to_date_soon_after() {
        try (Load load = Load.at(List.of(serviceAtOne, serviceAtTwo), PUBLISHERS);
                Events atOne = bobAtOne.watch(load.accounts());
                Events atTwo = bobAtTwo.watch(load.accounts())) {
            load.begin();
            cluster.broker().close();
            Await.until("it is noticed that the broker is away", () -> !cluster.brokerIsReachable(cluster.one())
                    && !cluster.brokerIsReachable(cluster.two()));
            long away = System.nanoTime();
            while (System.nanoTime() - away < TimeUnit.SECONDS.toNanos(10)) {
                load.untilAcknowledged(10);
            }
            bobAtOne.get("/health/ready").is(200);

            cluster.broker().start();
            Map<String, Integer> acknowledged = load.end();

            assertThat(load.refusals()).isEmpty();
            untilNewest(SOON, acknowledged, atOne);
            untilNewest(SOON, acknowledged, atTwo);
            neverGoesBack(load.accounts(), atOne);
            neverGoesBack(load.accounts(), atTwo);
        }
        cluster.untilAnnouncementsArrive(Await.PATIENCE);
    }

    @Test
    void a_broker_that_leaves_while_nodes_begin_to_listen_is_heard_when_it_is_back() {
        for (int round = 0; round < 4; round++) {
            cluster.broker().close();
            cluster.broker().start();
            // who sends is quicker than who listens, which is now being set up
            Await.until("a node sends again", () -> cluster.brokerIsReachable(cluster.one()));
        }
        cluster.untilAnnouncementsArrive(Await.PATIENCE);
    }

    @Test
    void a_node_whose_listener_is_deaf_notices_and_hears_again() {
        cluster.one().deafen();
        Await.until("it is noticed", () -> cluster.silence(cluster.one()) > 3);

        Await.until("it hears again", Duration.ofSeconds(40), () -> cluster.silence(cluster.one()) == 0);

        cluster.untilAnnouncementsArrive(Await.PATIENCE);
    }

    @Test
    void a_broker_that_hangs_keeps_nobody_waiting() {
        Login login = serviceAtOne.login(account, ONLINE);
        try (Events events = bobAtTwo.watch(account)) {
            cluster.broker().freeze();
            long before = System.nanoTime();
            login.modify(BUSY).modify(ONLINE).modify(AWAY);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
            events.untilState("away");
        } finally {
            cluster.broker().thaw();
        }
        cluster.untilAnnouncementsArrive(Await.PATIENCE);
    }

    @Test
    void without_the_database_nothing_is_half_done_and_with_it_all_goes_on() {
        Login login = serviceAtOne.login(account, ONLINE);
        try (Events atOne = bobAtOne.watch(account);
                Events atTwo = bobAtTwo.watch(account)) {
            cluster.postgres().close();

            Answer modify = login.tryModify(BUSY).isProblem(503, "unavailable");
            assertThat(Integer.parseInt(modify.header("Retry-After"))).isPositive();
            login.at(serviceAtTwo).tryLogout().isProblem(503, "unavailable").header("Retry-After");
            String path = Client.presentities(account);
            serviceAtTwo.post(path, Client.JSON, ONLINE).isProblem(503, "unavailable").header("Retry-After");
            bobAtTwo.get("/health/ready").is(503);

            cluster.postgres().start();
            Await.until("both nodes are ready", () -> bobAtOne.get("/health/ready").status() == 200
                    && bobAtTwo.get("/health/ready").status() == 200);
            login.modify(BUSY).at(serviceAtTwo).modify(AWAY);

            for (Events events : List.of(atOne, atTwo)) {
                long newest = events.untilState("away").version();
                // what was refused has made no version; a slow watcher may be spared one in between
                assertThat(newest).isLessThanOrEqualTo(3);
                assertThat(versions(events, account)).startsWith(1L).endsWith(newest).isSorted();
            }
        }
        cluster.untilAnnouncementsArrive(Await.PATIENCE);
    }

    @Test
    void what_a_node_did_that_is_killed_the_other_does_and_nobody_misses_anything() {
        Login login = serviceAtOne.login(account, ONLINE).modify(BUSY).refresh();
        try (Hook hook = new Hook();
                Load load = Load.at(List.of(serviceAtOne, serviceAtTwo), PUBLISHERS);
                Events atOne = bobAtOne.watch(load.accounts());
                Events atTwo = bobAtTwo.watch(load.accounts())) {
            Set<String> lists = deliveredByBoth(hook, account);
            load.begin();
            load.untilAcknowledged(20);

            cluster.one().kill();
            atOne.untilEnd();
            login = login.at(serviceAtTwo).modify(AWAY);
            try (Events resumed = bobAtTwo.resume(lastId(atOne), load.accounts())) {
                load.untilAcknowledged(20);
                Map<String, Integer> acknowledged = load.end();

                assertThat(load.refusals()).isEmpty();
                untilNewest(SOON, acknowledged, resumed);
                untilNewest(SOON, acknowledged, atTwo);
                neverGoesBack(load.accounts(), atOne, resumed);
                neverGoesBack(load.accounts(), atTwo);
            }
            Await.until("all lists are delivered", TAKEN_OVER, () -> lists(hook, "away").equals(lists));
            lists.forEach(list -> assertThat(versions(hook, list)).isSorted());
        }
        cluster.one().start();
        assertThat(serviceAtOne.get(login.path()).is(200).header("ETag")).isEqualTo(login.etag());
        cluster.untilAnnouncementsArrive(Await.PATIENCE);
    }

    /** Lists that were told of all these accounts: so many that both nodes have some of them. */
    private Set<String> deliveredByBoth(Hook hook, String... accounts) {
        String list = "{\"accounts\":[\"" + String.join("\",\"", accounts)
                + "\"],\"delivery\":\"webhook\",\"url\":\"" + hook.url() + "\"}";
        Set<String> lists = new HashSet<>();
        Await.until("both nodes deliver some", () -> {
            String id = bobAtTwo.post("/api/subscriptions", Client.JSON, list).is(201).json().path("id").asText();
            lists.add(id);
            Await.until("it is delivered", () -> versions(hook, id).size() == accounts.length);
            return adminAtOne
                            .get("/api/admin/subscriptions?account=" + accounts[0])
                            .json()
                            .path("lists")
                            .findValuesAsText("node")
                            .stream()
                            .distinct()
                            .count()
                    == 2;
        });
        return lists;
    }

    /** The lists that were told of a state. */
    private static Set<String> lists(Hook hook, String state) {
        return hook.requests().stream()
                .filter(request -> request.events().stream()
                        .anyMatch(event -> event.path("state").asText().equals(state)))
                .map(Request::subscription)
                .collect(Collectors.toSet());
    }

    private static List<Long> versions(Hook hook, String list) {
        return hook.requests().stream()
                .filter(request -> request.subscription().equals(list))
                .flatMap(request -> request.events().stream())
                .map(event -> event.path("version").asLong())
                .toList();
    }

    @Test
    @Order(LAST)
    void a_node_that_is_stopped_sends_its_watchers_away_loses_nothing_and_is_soon_gone() throws IOException {
        Login unchanged = serviceAtOne.login(Client.newAccount(), ONLINE);
        String offline = Client.newAccount();
        serviceAtOne.login(offline, ONLINE).logout();
        try (Hook hook = new Hook();
                Load load = Load.at(List.of(serviceAtOne, serviceAtTwo), PUBLISHERS);
                Events stream = bobAtTwo.watch(load.accounts());
                Socket socket = Client.as("alice", cluster.two().url()).socket();
                RawSocket unread = RawSocket.unread(cluster.two().url(), "bob", account)) {
            Login large = serviceAtTwo.login(account, ONLINE);
            for (int i = 0; i < MORE_THAN_IS_BUFFERED; i++) {
                large = LargeDocument.publish(large, i);
            }
            Set<String> lists = deliveredByBoth(hook, offline, unchanged.account());
            load.begin();
            load.untilAcknowledged(20);

            long asked = System.nanoTime();
            CompletableFuture<?> gone = cluster.two().stop().orTimeout(STOPPED_SECONDS, TimeUnit.SECONDS);
            stream.untilEnd();
            assertThat(stream.retry()).isPositive();
            assertThat(socket.closeCode()).isEqualTo(1001);
            assertThat(socket.closeReason()).matches("connect again in \\d+ ms");
            gone.join();
            System.getLogger(ClusterIT.class.getName())
                    .log(System.Logger.Level.INFO, "A node under load was gone " + Duration.ofNanos(System.nanoTime() - asked).toMillis()
                            + " ms after it was asked to stop");
            unread.untilEnd();

            try (Events resumed = bobAtOne.resume(lastId(stream), load.accounts())) {
                load.untilAcknowledged(20);
                Map<String, Integer> acknowledged = load.end();
                assertThat(load.refusals()).allMatch(refused -> refused.status() == 503);
                untilNewest(SOON, acknowledged, resumed);
                neverGoesBack(load.accounts(), stream, resumed);
            }
            unchanged.at(serviceAtOne).modify(BUSY);
            Await.until("the other node delivers all lists", () -> lists(hook, "busy").equals(lists));
            assertThat(hook.states(offline)).as("what had not changed is not told again").hasSize(lists.size());
            assertThat(hook.states(unchanged.account())).hasSize(2 * lists.size());
        }
    }

    private static String lastId(Events events) {
        List<Event> all = events.all();
        return all.get(all.size() - 1).id();
    }

    /** Each account as it was published last is seen. */
    private static void untilNewest(Duration patience, Map<String, Integer> published, Events events) {
        Await.until("the newest state of all is seen", patience, () -> published.entrySet().stream()
                .allMatch(newest -> newestNote(events, newest.getKey()).equals(String.valueOf(newest.getValue()))));
    }

    private static String newestNote(Events events, String account) {
        return events.all().stream()
                .filter(event -> event.account().equals(account))
                .reduce((earlier, later) -> later)
                .map(event -> event.json().path("person").path("note").asText())
                .orElse("");
    }

    /** Of each account, what came over the first stream and then over those that followed it is newer and newer. */
    private static void neverGoesBack(String[] accounts, Events... streams) {
        for (String watched : accounts) {
            List<Long> seen = Arrays.stream(streams)
                    .flatMap(stream -> versions(stream, watched).stream())
                    .toList();
            assertThat(seen).isSorted();
        }
    }
}
