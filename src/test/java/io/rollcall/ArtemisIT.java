package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Await;
import io.rollcall.client.BrokerProcess;
import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.client.ServerProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The set-up of production: PostgreSQL, and a broker outside. The server is started before there is a broker. */
class ArtemisIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String ONLINE = "{\"state\":\"online\"}";
    private static final String BUSY = "{\"state\":\"busy\"}";

    private static final BrokerProcess BROKER = new BrokerProcess();
    private static EmbeddedPostgres postgres;
    private static ServerProcess server;
    private static Client service;
    private static Client admin;
    private static Client bob;

    private final String account = Client.newAccount();

    @BeforeAll
    static void start() throws IOException {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean linux = System.getProperty("os.name").equals("Linux");
        assumeTrue(linux && List.of("amd64", "aarch64").contains(machine), "No PostgreSQL for this kind of machine");
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        server = ServerProcess.start(
                "rollcall-artemis",
                Map.of(
                        "ROLLCALL_DB_KIND", "postgresql",
                        "ROLLCALL_DB_PORT", String.valueOf(postgres.getPort()),
                        "ROLLCALL_DB_NAME", "postgres",
                        "ROLLCALL_DB_USER", "postgres",
                        "ROLLCALL_LIMITS_PUBLICATIONS", "0",
                        "ROLLCALL_JMS_KIND", "artemis",
                        "ROLLCALL_JMS_PORT", String.valueOf(BROKER.port()),
                        "ROLLCALL_JMS_USER", BrokerProcess.USER,
                        "ROLLCALL_JMS_PASSWORD", BrokerProcess.PASSWORD));
        service = Client.as("service", server.url());
        admin = Client.as("admin", server.url());
        bob = Client.as("bob", server.url());
        assertThat(brokerIsReachable()).isFalse();
        BROKER.start();
        // to be taken away again only when all who listen are there: a listener that is just being set up may not come back
        Login login = service.login(Client.newAccount(), ONLINE);
        try (Events events = bob.watch(login.account())) {
            announcementsArrive(Await.PATIENCE, login);
            assertThat(events.all()).isNotEmpty();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.kill();
        }
        BROKER.close();
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void announcements_go_over_the_broker() {
        Login login = service.login(account, ONLINE);
        try (Events events = bob.watch(account)) {
            login = announcementsArrive(SOON, login);

            login.modify("{\"state\":\"away\"}");
            events.untilState("away");
            assertThat(brokerIsReachable()).isTrue();
        }
    }

    @Test
    void while_the_broker_is_away_publications_go_on_and_with_it_announcements_do() {
        List<Login> logins = new ArrayList<>(IntStream.range(0, 20)
                .mapToObj(i -> service.login(Client.newAccount(), ONLINE))
                .toList());
        String[] accounts = logins.stream().map(Login::account).toArray(String[]::new);
        try (Events events = bob.watch(accounts)) {
            BROKER.close();
            Await.until("it is noticed that the broker is away", () -> !brokerIsReachable());
            for (int change = 0; change < 20; change++) {
                String publication = "{\"state\":\"away\",\"note\":\"" + change + "\"}";
                logins.replaceAll(login -> login.modify(publication));
            }
            bob.get("/health/ready").is(200);

            BROKER.start();
            Await.until("all watchers have the newest state", SOON, () -> List.of(accounts).stream()
                    .allMatch(watched -> newestNote(events, watched).equals("19")));
            announcementsArrive(SOON, logins.get(0));
        }
    }

    @Test
    void a_broker_that_hangs_keeps_nobody_waiting() {
        Login login = service.login(account, ONLINE);
        try (Events events = bob.watch(account)) {
            login = announcementsArrive(SOON, login);
            BROKER.freeze();
            long before = System.nanoTime();
            login = login.modify(BUSY).modify(ONLINE).modify("{\"state\":\"away\"}");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
            events.untilState("away");

            BROKER.thaw();
            announcementsArrive(Await.PATIENCE, login);
        } finally {
            BROKER.thaw();
        }
    }

    private static String newestNote(Events events, String account) {
        return events.all().stream()
                .filter(event -> event.account().equals(account))
                .reduce((earlier, later) -> later)
                .map(event -> event.json().path("person").path("note").asText())
                .orElse("");
    }

    /** What the sweep finds by number is not counted as a delivery. */
    private static Login announcementsArrive(Duration patience, Login watched) {
        Login[] login = {watched};
        double before = deliveries();
        Await.until("announcements arrive", patience, () -> {
            login[0] = login[0].modify(BUSY).modify(ONLINE);
            return deliveries() > before;
        });
        return login[0];
    }

    private static double deliveries() {
        String count = "rollcall_delivery_seconds_count ";
        return admin.get("/metrics").is(200).text().lines()
                .filter(line -> line.startsWith(count))
                .mapToDouble(line -> Double.parseDouble(line.substring(count.length())))
                .sum();
    }

    private static boolean brokerIsReachable() {
        JsonNode checks = bob.get("/health/ready").json().path("checks");
        for (JsonNode check : checks) {
            if (check.path("name").asText().equals("broker")) {
                return check.path("data").path("reachable").asBoolean();
            }
        }
        throw new AssertionError("Nothing is told of the broker: " + checks);
    }
}
