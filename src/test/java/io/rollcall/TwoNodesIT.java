package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Cluster;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.client.SharedCluster;
import io.rollcall.client.Socket;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Two nodes on one database and one broker are one server to whoever uses them: while all is well. */
@Order(SharedCluster.LAST)
class TwoNodesIT extends ClusterNodes {
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void an_administrator_sees_and_ends_the_subscriptions_of_all_nodes_at_any() {
        Login login = serviceAtOne.login(account, ONLINE);
        try (Events atTwo = bobAtTwo.watch(account)) {
            login.modify(BUSY);
            atTwo.untilState("busy");
            String subscriptions = "/api/admin/subscriptions?account=" + account;
            Await.until("node two tells node one when bob was told", () -> adminAtOne.get(subscriptions)
                    .is(200)
                    .json()
                    .path("subscriptions")
                    .path(0)
                    .has("told"));

            adminAtOne.delete("/api/admin/subscriptions/" + account + '/' + BOB).is(204);

            assertThat(atTwo.until(event -> !event.isPresence()).json().path("reason").asText()).isEqualTo("probation");
            Await.until("nobody watches", () -> adminAtOne.get(subscriptions).json().path("subscriptions").isEmpty());
        }
    }

    @Test
    void a_publication_at_one_node_reaches_watchers_at_both() {
        Login login = serviceAtOne.login(account, ONLINE);
        try (Events atOne = bobAtOne.watch(account);
                Events atTwo = bobAtTwo.watch(account);
                Socket socketAtOne = bobAtOne.socket();
                Socket socketAtTwo = bobAtTwo.socket()) {
            for (Socket socket : List.of(socketAtOne, socketAtTwo)) {
                socket.ask("subscribe", "\"accounts\":[\"" + account + "\"]");
                assertThat(socket.nextPresence(account).path("state").asText()).isEqualTo("online");
            }

            login.modify(BUSY).at(serviceAtTwo).modify(AWAY).logout();

            for (Events events : List.of(atOne, atTwo)) {
                events.untilState("offline");
                assertThat(events.all()).extracting(Event::state).containsExactly("online", "busy", "away", "offline");
            }
            for (Socket socket : List.of(socketAtOne, socketAtTwo)) {
                socket.next(message -> message.path("state").asText().equals("offline"));
            }
        }
    }

    @Test
    void an_expiry_is_announced_once() {
        List<Login> logins = IntStream.range(0, 20)
                .mapToObj(i -> (i % 2 == 0 ? serviceAtOne : serviceAtTwo).login(Client.newAccount(), ONLINE))
                .toList();
        String[] accounts = logins.stream().map(Login::account).toArray(String[]::new);
        try (Events atOne = bobAtOne.watch(accounts);
                Events atTwo = bobAtTwo.watch(accounts)) {
            for (Login login : logins) {
                serviceAtOne.put(login.path() + "?expires=1", Client.JSON, "", "If-Match", login.etag()).is(200);
            }
            for (Login login : logins) {
                Await.until("it has expired", () -> serviceAtOne.get(login.path()).status() == 404);
                serviceAtTwo.login(login.account(), BUSY);
            }
            for (String expired : accounts) {
                for (Events events : List.of(atOne, atTwo)) {
                    Await.until("all was told", () -> versions(events, expired).contains(3L));
                    // a slow watcher may be spared the second, but nobody announces a third and a fourth
                    assertThat(versions(events, expired)).startsWith(1L).endsWith(3L).doesNotHaveDuplicates();
                }
            }
        }
    }

    @Test
    void both_nodes_refresh_modify_and_log_out_what_was_logged_in_at_the_other() {
        Login login = serviceAtOne.login(account, ONLINE);
        for (int i = 0; i < 10; i++) {
            login = login.at(serviceAtTwo).modify(BUSY).refresh().at(serviceAtOne).refresh().modify(ONLINE);
        }
        login.at(serviceAtTwo).logout();
        serviceAtOne.get(login.path()).isProblem(404, "not-found");
    }

    @Test
    void of_modifies_with_one_tag_at_both_nodes_one_is_stored_and_the_others_are_412() {
        Login login = serviceAtOne.login(account, ONLINE);
        for (int round = 0; round < 10; round++) {
            Login current = login;
            List<CompletableFuture<Answer>> modifies = IntStream.range(0, 8)
                    .mapToObj(i -> Client.sendAsync((i % 2 == 0 ? serviceAtOne : serviceAtTwo)
                            .request(current.path(), "Content-Type", Client.JSON, "If-Match", current.etag())
                            .PUT(BodyPublishers.ofString("{\"state\":\"busy\",\"note\":\"" + i + "\"}"))))
                    .toList();
            List<Answer> answers = modifies.stream().map(CompletableFuture::join).toList();
            assertThat(answers).extracting(Answer::status).containsOnly(200, 412).containsOnlyOnce(200);
            Answer stored = answers.stream().filter(answer -> answer.status() == 200).findFirst().orElseThrow();
            login = new Login(serviceAtOne, account, login.tuple(), stored.header("ETag"), stored);
        }
    }

    @Test
    void presentities_of_one_account_at_two_nodes_do_not_get_into_each_others_way() {
        List<CompletableFuture<Login>> clients = List.of(serviceAtOne, serviceAtTwo, serviceAtOne, serviceAtTwo).stream()
                .map(service -> service.login(account, ONLINE))
                .map(login -> CompletableFuture.supplyAsync(() -> {
                    Login current = login;
                    for (int i = 0; i < 25; i++) {
                        current = current.modify("{\"state\":\"busy\",\"note\":\"" + i + "\"}");
                    }
                    return current;
                }))
                .toList();

        clients.forEach(CompletableFuture::join);

        for (Client bob : List.of(bobAtOne, bobAtTwo)) {
            Await.until("each change has made one version", () -> bob.get(Client.presence(account)).json()
                            .path("version")
                            .asLong()
                    == 4 + 4 * 25);
        }
    }

    @Test
    void an_owners_word_a_decision_and_an_erasure_act_at_the_other_node_too() {
        serviceAtOne.login(account, ONLINE);
        String path = "/api/accounts/" + account;
        try (Events events = bobAtTwo.watch(account)) {
            events.untilState("online");
            adminAtOne.put(path + "/preferred", Client.JSON, "{\"state\":\"away\",\"expires\":600}").is(200);
            events.untilState("away");
            adminAtOne.delete(path + "/preferred").is(204);
            events.untilState("online");

            adminAtOne.decide(account, BOB, "block");
            events.until(event -> event.state().equals("terminated"));
            bobAtTwo.get(Client.presence(account)).isProblem(403, "blocked");
            adminAtOne.decide(account, BOB, "allow");
            events.untilState("online");

            adminAtOne.delete(path).is(204);
            events.until(event -> event.json().path("reason").asText().equals("noresource"));
            bobAtTwo.get(Client.presence(account)).isProblem(404, "not-found");
        }
    }

    @Test
    void groups_and_lists_are_watched_over_both_nodes() {
        String list = bobAtOne.post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + account + "\"]}")
                .is(201)
                .header("Location")
                .replaceFirst("http://[^/]*", "");
        try (Events group = bobAtTwo.stream("/api/events?group=support");
                Events listed = bobAtTwo.stream(list + "/events")) {
            Login carol = serviceAtOne.login("carol@example.com", BUSY);
            serviceAtOne.login(account, BUSY);
            group.until(event -> event.account().equals(carol.account()) && event.state().equals("busy"));
            listed.untilState("busy");

            String another = Client.newAccount();
            serviceAtOne.login(another, AWAY);
            bobAtOne.put(list, Client.JSON, "{\"accounts\":[\"" + another + "\"]}").is(200);
            listed.untilState("away");
            carol.logout();
        }
    }

    @Test
    void who_has_as_many_connections_as_one_may_is_told_to_close_one() {
        Client dave = Client.as("dave", cluster.one().url());
        Deque<Events> open = new ArrayDeque<>();
        Login[] login = {serviceAtOne.login(account, ONLINE)};
        try {
            for (int i = 0; i < Cluster.MOST_CONNECTIONS; i++) {
                open.add(dave.watch(account));
            }
            Answer refused = dave.get(Client.query("/api/events", account));
            refused.isProblem(429, "too-many-requests");
            assertThat(refused.header("Retry-After")).isEqualTo("30");
            bobAtOne.watch(account).close();

            open.remove().close();

            Await.until("there is room again", () -> {
                // that one is gone shows when it is told something
                login[0] = login[0].modify(BUSY).modify(ONLINE);
                return isLetIn(dave, open);
            });
        } finally {
            open.forEach(Events::close);
        }
    }

    private boolean isLetIn(Client watcher, Deque<Events> open) {
        try {
            return open.add(watcher.watch(account));
        } catch (AssertionError refused) {
            return false;
        }
    }

    @Test
    void a_change_of_the_directorys_groups_is_followed_by_one_node() throws IOException {
        String group = "g-" + UUID.randomUUID();
        Login login = serviceAtOne.login(account, ONLINE);
        adminAtOne.put("/api/accounts/" + account + "/authorizations", Client.JSON, "{\"rules\":[{\"id\":\"g\","
                        + "\"conditions\":[{\"identity\":[{\"group\":{\"name\":\"" + group + "\"}}]}],"
                        + "\"handling\":\"allow\",\"provide\":\"all\"}]}")
                .is(200);

        writeGroup(group, "zoe@partner.example");
        untilZoeIsAnswered(200);
        // a node looks at its groups again when it has dealt with what it found before
        writeGroup(group, "");
        untilZoeIsAnswered(403);

        for (Client admin : cluster.everywhere("admin")) {
            Await.until("logged in, rules, joined, left: four changes", () -> version(admin) == 4);
        }
        login.modify(BUSY);
        assertThat(version(adminAtOne)).isEqualTo(5);
    }

    private void untilZoeIsAnswered(int status) {
        for (Client zoe : cluster.everywhere("zoe")) {
            Await.until("the node knows", () -> zoe.get(Client.presence(account)).status() == status);
        }
    }

    private long version(Client watcher) {
        return watcher.get(Client.presence(account)).json().path("version").asLong();
    }

    private static void writeGroup(String name, String member) throws IOException {
        for (String node : List.of("rollcall-one", "rollcall-two")) {
            Path file = Path.of(System.getProperty("rollcall.wlp"), "usr/servers", node, "groups-demo.txt");
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.removeIf(line -> line.startsWith(name));
            lines.add(name + ": " + member);
            Files.write(file, lines);
        }
    }

    @Test
    void who_waits_at_one_node_is_shown_at_the_other() {
        Client zoe = Client.as("zoe", cluster.two().url());
        serviceAtOne.login(account, ONLINE);
        try (Events events = zoe.watch(account)) {
            events.until(event -> event.state().equals("pending"));
            Await.until("the owner sees who waits", () -> adminAtOne.get(Client.watchers(account)).json()
                    .path("watchers").path(0).path("status").asText().equals("pending"));
            adminAtOne.decide(account, "zoe@partner.example", "allow");
            events.untilState("online");
        }
    }

    @Test
    void who_signed_in_at_one_node_is_signed_in_at_the_other() {
        Answer signedIn = Client.nobodyAt(cluster.one().url()).post("/login", FORM, "name=bob&password=bob");
        List<String> cookies = new ArrayList<>();
        signedIn.headers().allValues("Set-Cookie").forEach(cookie -> cookies.add(cookie.replaceFirst(";.*", "")));

        JsonNode me = Client.nobodyAt(cluster.two().url())
                .get("/api/me", "Cookie", String.join("; ", cookies))
                .is(200)
                .json();

        assertThat(me.path("account").asText()).isEqualTo(BOB);
    }

    @Test
    void a_ticket_of_one_node_is_good_at_the_other_and_once_for_both() {
        String ticket = Client.as("bob", cluster.one().url())
                .post("/api/tickets", Client.JSON, "")
                .is(201)
                .json()
                .path("ticket")
                .asText();
        serviceAtOne.login(account, ONLINE);
        String path = "/api/events?account=" + account + "&ticket=" + ticket;

        try (Events events = Client.nobodyAt(cluster.two().url()).stream(path)) {
            assertThat(events.next().state()).isEqualTo("online");
        }
        Client.nobodyAt(cluster.one().url()).get(path).isProblem(401, "not-signed-in");
    }
}
