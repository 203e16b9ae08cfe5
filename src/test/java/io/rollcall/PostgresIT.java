package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.client.Postgres;
import io.rollcall.client.SharedCluster;
import io.rollcall.client.Socket;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The core rules with PostgreSQL as the database, at the first of two nodes. */
@Order(SharedCluster.LAST)
class PostgresIT extends ClusterNodes {
    private static final String NOTED = "{\"state\":\"busy\",\"note\":\"Gr\u00fc\u00dfe \ud83d\udc4b\"}";

    private final Client service = serviceAtOne;
    private final Client admin = adminAtOne;
    private final Client bob = bobAtOne;
    private final Client zoe = Client.as("zoe", cluster.one().url());

    @Test
    void requests_and_lists_are_kept() {
        service.login(account, ONLINE);
        String path = zoe.post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + account + "\"],\"groups\":[\"sales\"]}")
                .is(201)
                .header("Location")
                .replaceFirst("http://[^/]*", "");
        assertThat(zoe.get(path).is(200).json().path("states")).hasSize(3);
        try (Socket socket = zoe.socket()) {
            socket.ask("subscribe", "\"accounts\":[\"" + account + "\"]");
            socket.next(message -> message.path("state").asText().equals("pending"));
        }
        zoe.put(path, Client.JSON, "").is(200);
        zoe.delete(path).is(204);

        Await.until("the request waits", () -> watchers().equals("waiting"));
        admin.decide(account, "zoe@partner.example", "allow");
        Await.until("it was approved", () -> watchers().isEmpty());
    }

    @Test
    void of_many_who_come_with_a_ticket_at_once_one_is_let_in() {
        String path = "/api/socket?ticket="
                + bob.post("/api/tickets", Client.JSON, "").is(201).json().path("ticket").asText();
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 20)
                .mapToObj(i -> Client.sendAsync(Client.nobodyAt(cluster.one().url()).request(path).GET()))
                .toList();

        // without the key of a WebSocket who is let in is told to bring one
        assertThat(answers.stream().map(answer -> answer.join().status())).containsOnlyOnce(426).containsOnly(401, 426);
    }

    @Test
    void a_ticket_that_is_too_old_lets_nobody_in() throws SQLException {
        String ticket = bob.post("/api/tickets", Client.JSON, "").is(201).json().path("ticket").asText();

        execute("update ticket set expires_at = 1");

        Client nobody = Client.nobodyAt(cluster.one().url());
        nobody.get(Client.query("/api/events", BOB) + "&ticket=" + ticket).isProblem(401, "not-signed-in");
    }

    @Test
    void the_audit_log_can_be_added_to_and_cut_off_at_its_old_end_and_nothing_else() throws SQLException {
        admin.get(Client.watchers(account)).is(200);
        String another = Client.newAccount();
        admin.get(Client.watchers(another)).is(200);
        String own = " from audit_entry where target = '" + another + "'";

        assertThatThrownBy(() -> execute("update audit_entry set actor = 'nobody'")).hasMessageContaining("only added to");
        assertThatThrownBy(() -> execute("truncate audit_entry")).hasMessageContaining("only added to");
        assertThatThrownBy(() -> execute("delete" + own)).hasMessageContaining("only the oldest");

        assertThat(number("select count(*)" + own)).isEqualTo(1);
        execute("insert into audit_entry (acted_at, actor, action, remote, times, detail) values (1, 'a', 'b', 'c', 1, '')");
        execute("delete from audit_entry where acted_at = 1");
    }

    @Test
    void with_another_owner_the_servers_role_cannot_take_away_what_keeps_the_audit_log() throws SQLException, IOException {
        try (Connection connection = cluster.postgres().connect();
                Statement statement = connection.createStatement()) {
            // all of it is undone at the end: the nodes have another role
            connection.setAutoCommit(false);
            statement.execute("create role rollcall");
            statement.execute(Files.readString(Path.of("liberty/production/audit-owner.sql")));
            statement.execute("set local role rollcall");

            statement.execute("insert into audit_entry (acted_at, actor, action, remote, times, detail) values (1, 'a', 'b', 'c', 1, '')");
            statement.execute("delete from audit_entry where acted_at = 1");
            for (String act : List.of(
                    "update audit_entry set actor = 'nobody'",
                    "truncate audit_entry",
                    "alter table audit_entry disable trigger all",
                    "drop trigger audit_entry_stays on audit_entry",
                    "drop function audit_entry_stays cascade",
                    "drop table audit_entry")) {
                Savepoint before = connection.setSavepoint();
                assertThatThrownBy(() -> statement.execute(act)).as(act).hasMessageMatching("(?s).*(denied|must be owner).*");
                connection.rollback(before);
            }
            connection.rollback();
        }
    }

    @Test
    void words_and_what_holds_until_a_time_end_by_themselves_and_an_account_may_be_erased() {
        String path = "/api/accounts/" + account;
        String pidf = "<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'"
                + " xmlns:r='urn:ietf:params:xml:ns:pidf:rpid' entity='pres:" + account + "'>"
                + "<tuple id='t'><status><basic>open</basic></status></tuple><dm:person id='p'>"
                + "<r:activities until='" + Instant.now().plusSeconds(4) + "'><r:meal/></r:activities></dm:person></presence>";
        service.post(Client.presentities(account), Client.PIDF, pidf).is(201);
        admin.put(path + "/preferred", Client.JSON, "{\"state\":\"busy\",\"expires\":1}").is(200);
        try (Events events = bob.watch(account)) {
            events.untilState("busy");
            events.untilState("away");
            events.untilState("online");
            long version = admin.get(path + "/export").is(200).json().path("version").asLong();

            admin.delete(path).is(204);

            events.until(event -> event.json().path("reason").asText().equals("noresource"));
            bob.get(Client.presence(account)).isProblem(404, "not-found");
            service.login(account, ONLINE);
            assertThat(bob.get(Client.presence(account)).json().path("version").asLong()).isGreaterThan(version);
        }
    }

    @Test
    void a_watcher_waits_for_so_many_decisions_and_not_for_more() {
        List<String> asked = IntStream.range(0, 4).mapToObj(i -> Client.newAccount()).toList();
        asked.forEach(one -> service.login(one, ONLINE));
        try (Events events = zoe.watch(asked.toArray(String[]::new))) {
            Event givenUp = events.until(event -> event.state().equals("terminated"));

            assertThat(givenUp.json().path("reason").asText()).isEqualTo("giveup");
            admin.decide(givenUp.account(), "zoe@partner.example", "allow");
            assertThat(events.untilState("online").account()).isEqualTo(givenUp.account());
        }
        asked.forEach(one -> admin.decide(one, "zoe@partner.example", "allow"));
    }

    @Test
    void a_list_stands_though_the_accounts_in_it_cannot_be_asked_at_once() throws SQLException {
        String other = Client.newAccount();
        execute("create function refuse() returns trigger language plpgsql as 'begin raise ''not now''; end'");
        execute("create trigger refuse before insert on subscription for each row when (new.account = '" + account
                + "') execute function refuse()");

        String list = zoe.post("/api/subscriptions", Client.JSON, accounts(account, other)).is(201).json().path("id").asText();

        Await.until("the other one is asked", () -> asked(list).equals(other));
        execute("drop trigger refuse on subscription");
        Await.until("this one is asked too", () -> asked(list).contains(account));
        zoe.delete("/api/subscriptions/" + list).is(204);
        execute("delete from subscription where watcher = 'zoe@partner.example'");
    }

    @Test
    void an_account_whose_rules_are_damaged_harms_no_list() throws SQLException {
        String other = Client.newAccount();
        String pattern = Client.newAccount();
        admin.put("/api/accounts/" + pattern + "/authorizations", Client.JSON, "{\"level\":\"team\"}").is(200);
        for (String table : List.of("account", "ruleset")) {
            String key = table.equals("account") ? "address" : "account";
            execute("create table copy as select * from " + table + " where " + key + " = '" + pattern + "'");
            execute("update copy set " + key + " = '" + account + "'");
            execute("insert into " + table + " select * from copy");
            execute("drop table copy");
        }
        execute("update ruleset set rules = 'damaged' where account = '" + account + "'");

        String list = zoe.post("/api/subscriptions", Client.JSON, accounts(account, other)).is(201).json().path("id").asText();

        zoe.get("/api/subscriptions/" + list).is(200);
        Await.until("the other one is asked", () -> asked(list).contains(other));
        zoe.put("/api/subscriptions/" + list, Client.JSON, accounts(account, other)).is(200);
        zoe.delete("/api/subscriptions/" + list).is(204);
        execute("delete from subscription where watcher = 'zoe@partner.example'");
    }

    private static String accounts(String one, String other) {
        return "{\"accounts\":[\"" + one + "\",\"" + other + "\"]}";
    }

    /** The accounts that a list is recorded to wait for. */
    private String asked(String list) {
        return query("select string_agg(account, ' ') from subscription where carrier = 'list:" + list + "'");
    }

    private long number(String sql) {
        return Long.parseLong(query(sql));
    }

    private String query(String sql) {
        try (Connection connection = cluster.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return String.valueOf(found.getString(1));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = cluster.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String watchers() {
        return admin.get(Client.watchers(account)).json().path("watchers").path(0).path("status").asText();
    }

    @Test
    void login_modify_refresh_logout_are_stored() {
        Login login = service.login(account, ONLINE).modify(NOTED).refresh();

        JsonNode stored = service.get(login.path()).is(200).json();
        assertThat(stored.path("note").asText()).isEqualTo("Gr\u00fc\u00dfe \ud83d\udc4b");
        login.logout();
        service.get(login.path()).isProblem(404, "not-found");
    }

    @Test
    void pidf_is_valid() {
        service.login(account, NOTED);

        assertThat(bob.get(Client.presence(account), "Accept", Client.PIDF).pidf()).contains("<rpid:busy/>");
    }

    @Test
    void watchers_are_told_of_each_change() {
        Login login = service.login(account, ONLINE);
        try (Events events = bob.watch(account)) {
            events.next();

            login = login.refresh().modify(BUSY).modify(BUSY);
            assertThat(events.next().state()).isEqualTo("busy");
            login.logout();
            assertThat(events.next().state()).isEqualTo("offline");
            assertThat(events.all()).extracting(Event::version).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void of_parallel_modifies_with_one_tag_exactly_one_is_stored() {
        Login login = service.login(account, ONLINE);

        List<CompletableFuture<Answer>> modifies = IntStream.range(0, 16)
                .mapToObj(i -> Client.sendAsync(
                        service.request(login.path(), "Content-Type", Client.JSON, "If-Match", login.etag())
                                .PUT(BodyPublishers.ofString("{\"state\":\"busy\",\"note\":\"" + i + "\"}"))))
                .toList();

        assertThat(modifies.stream().map(modify -> modify.join().status()))
                .containsOnly(200, 412)
                .containsOnlyOnce(200);
    }

    @Test
    void writers_of_many_accounts_do_not_get_into_each_others_way() {
        List<Login> logins = IntStream.range(0, 8)
                .mapToObj(i -> service.login(Client.newAccount(), ONLINE))
                .toList();

        CompletableFuture.allOf(logins.stream()
                        .map(login -> CompletableFuture.runAsync(() -> alternate(login)))
                        .toArray(CompletableFuture[]::new))
                .join();

        for (Login login : logins) {
            long version = bob.get(Client.presence(login.account())).json().path("version").asLong();
            assertThat(version).isEqualTo(21);
        }
    }

    @Test
    void decisions_act_on_live_streams_at_once() {
        service.login(account, ONLINE);
        try (Events events = bob.watch(account)) {
            events.next();
            admin.decide(account, BOB, "block");
            assertThat(events.next().state()).isEqualTo("terminated");
            bob.get(Client.presence(account)).isProblem(403, "blocked");

            admin.decide(account, BOB, "polite-block");
            admin.delete(Client.authorization(account, BOB)).is(204);
            events.untilState("online");
        }
    }

    @Test
    void expiry_happens_and_is_told() {
        service.login(account, ONLINE, "?expires=1");
        try (Events events = bob.watch(account)) {
            assertThat(events.next().state()).isEqualTo("online");
            assertThat(events.next().state()).isEqualTo("offline");
        }
    }

    @Test
    void while_the_database_hangs_what_is_in_memory_is_answered_and_afterwards_all_goes_on() {
        Login login = service.login(account, ONLINE);
        try (Events events = bob.watch(account)) {
            events.untilState("online");
            CompletableFuture<Answer> waiting;
            cluster.postgres().pause();
            try {
                waiting = Client.sendAsync(service.request(login.path(), "If-Match", login.etag(), "Content-Type", Client.JSON)
                        .PUT(BodyPublishers.ofString(BUSY)));
                long start = System.nanoTime();
                assertThat(bob.get(Client.presence(account)).is(200).json().path("state").asText()).isEqualTo("online");
                Client.nobodyAt(cluster.one().url()).get("/health/live").is(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
                assertThat(waiting).isNotDone();
            } finally {
                cluster.postgres().resume();
            }
            waiting.join().is(200);
            events.untilState("busy");
        }
    }

    @Test
    void while_the_database_has_no_connections_left_nobody_waits_for_it_and_afterwards_all_goes_on() throws SQLException {
        Login login = service.login(account, ONLINE);
        String other = Client.newAccount();
        service.login(other, BUSY);
        bob.get(Client.presence(other)).is(200);
        String list = bob.post("/api/subscriptions", Client.JSON, accounts(account, other)).is(201).json().path("id").asText();
        try (Events events = bob.watch(account)) {
            events.untilState("online");
            double alarms = alarms("RC01");
            Postgres.AllConnections all = cluster.postgres().takeAllConnections();
            try {
                long start = System.nanoTime();
                isRefusedForAWhile(login.tryModify(BUSY));
                isRefusedForAWhile(service.post(Client.presentities(Client.newAccount()), Client.JSON, ONLINE));
                isRefusedForAWhile(bob.post("/api/tickets", Client.JSON, ""));
                isRefusedForAWhile(bob.post("/api/subscriptions", Client.JSON, accounts(account, other)));
                isRefusedForAWhile(bob.put("/api/subscriptions/" + list, Client.JSON, ""));
                isRefusedForAWhile(bob.put("/api/subscriptions/" + list, Client.JSON, accounts(other, BOB)));
                isRefusedForAWhile(bob.delete("/api/subscriptions/" + list));
                isRefusedForAWhile(bob.put("/api/accounts/" + BOB + "/favourites", Client.JSON, "{\"people\":[]}"));
                assertThat(bob.get(Client.presence(account)).is(200).json().path("state").asText()).isEqualTo("online");
                assertThat(bob.get(Client.presence(other)).is(200).json().path("state").asText()).isEqualTo("busy");
                bob.get("/health/ready").is(503);
                bob.get("/health/live").is(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Await.PATIENCE);
                assertThat(alarms("RC01")).isGreaterThanOrEqualTo(alarms + 4);
            } finally {
                all.close();
            }
            Await.until("both nodes are ready", () -> bob.get("/health/ready").status() == 200
                    && bobAtTwo.get("/health/ready").status() == 200);
            assertThat(service.get(login.path()).is(200).header("ETag")).isEqualTo(login.etag());
            login.modify(AWAY);
            events.untilState("away");
            bob.delete("/api/subscriptions/" + list).is(204);
        }
    }

    private static void isRefusedForAWhile(Answer answer) {
        answer.isProblem(503, "unavailable");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }

    /** How often a node raised an alarm since it started. */
    private double alarms(String code) {
        String meter = "rollcall_alarms_total{code=\"" + code + "\"} ";
        return admin.get("/metrics").is(200).text().lines()
                .filter(line -> line.startsWith(meter))
                .mapToDouble(line -> Double.parseDouble(line.substring(meter.length())))
                .sum();
    }

    @Test
    void a_resume_from_before_what_is_kept_gives_everything() throws SQLException {
        String unchanged = Client.newAccount();
        service.login(unchanged, BUSY);
        Login login = service.login(account, ONLINE);
        String seen;
        try (Events events = bob.watch(account, unchanged)) {
            events.next();
            seen = events.next().id();
        }
        login.modify(AWAY);
        try (Events events = bob.resume(seen, account, unchanged)) {
            assertThat(events.next().state()).isEqualTo("away");
        }

        execute("update change_group set committed_at = 0");
        Await.until("the groups are forgotten", () -> number("select count(*) from change_group where committed_at = 0") == 0);

        try (Events events = bob.resume(seen, account, unchanged)) {
            assertThat(List.of(events.next(), events.next()))
                    .extracting(Event::account)
                    .containsExactlyInAnyOrder(account, unchanged);
        }
    }

    private static void alternate(Login login) {
        Login current = login;
        for (int i = 0; i < 20; i++) {
            current = current.modify(i % 2 == 0 ? BUSY : ONLINE);
        }
    }

    @Test
    void rules_that_cannot_be_read_block_alone_until_their_owner_puts_others() throws SQLException {
        String rules = "/api/accounts/" + account + "/authorizations";
        String other = Client.newAccount();
        String decided = Client.newAccount();
        service.login(account, ONLINE);
        service.login(other, ONLINE);
        service.login(decided, ONLINE);
        admin.put(rules, Client.JSON, "{\"level\":\"public\"}").is(200);
        admin.put(Client.authorization(decided, BOB), Client.JSON, "{\"handling\":\"polite-block\"}").is(200);
        execute("update ruleset set rules = '{\"rules\":[{\"id\":' where account = '" + account + "'");
        execute("update watcher_authorization set handling = 'OTHER' where account = '" + decided + "'");
        // another change, so that the decision that was answered with is not remembered
        admin.put(Client.authorization(decided, "carol@example.com"), Client.JSON, "{\"handling\":\"allow\"}").is(200);

        bob.get(Client.presence(account)).isProblem(403, "blocked");
        bob.get(Client.presence(decided)).isProblem(403, "blocked");
        JsonNode batch = bob.post("/api/presence/query", Client.JSON,
                        "{\"accounts\":[\"" + account + "\",\"" + other + "\",\"" + decided + "\"]}")
                .is(200)
                .json()
                .path("presence");
        assertThat(batch.path(0).path("problem").path("status").asInt()).isEqualTo(403);
        assertThat(batch.path(1).path("presence").path("state").asText()).isEqualTo("online");
        assertThat(batch.path(2).path("problem").path("status").asInt()).isEqualTo(403);
        try (Events events = bob.watch(account, other, decided)) {
            events.until(event -> event.account().equals(other) && event.state().equals("online"));
            assertThat(events.all().stream().filter(event -> event.state().equals("terminated")))
                    .extracting(Event::account)
                    .contains(account);
        }
        admin.get(Client.presence(account)).is(200);
        admin.put(rules, Client.JSON, "{\"level\":\"public\"}", "If-Match", "*").is(200);
        bob.get(Client.presence(account)).is(200);
    }

    @Test
    void what_the_owner_said_and_cannot_be_read_is_shown_to_nobody() throws SQLException {
        String other = Client.newAccount();
        service.login(other, ONLINE);
        execute("insert into account (address, version, rules_revision, preferred) values ('" + account
                + "', 7, 0, 'x')");

        bob.get(Client.presence(account)).isProblem(403, "blocked");
        assertThat(bob.post("/api/presence/query", Client.JSON,
                                "{\"accounts\":[\"" + account + "\",\"" + other + "\"]}")
                        .is(200)
                        .json()
                        .path("presence")
                        .path(1)
                        .path("presence")
                        .path("state")
                        .asText())
                .isEqualTo("online");
    }
}
