package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.message.Destinations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The set-up of production: two nodes on one PostgreSQL and one Artemis broker, the second with TLS. The nodes start before
 * there is a broker.
 */
public final class Cluster implements AutoCloseable {
    /** How many connections one person may have at a node. */
    public static final int MOST_CONNECTIONS = 20;

    private static final String ONLINE = "{\"state\":\"online\"}";
    private static final String BUSY = "{\"state\":\"busy\"}";
    private static final String SESSIONS_PASSWORD = "of the sessions";

    private final Postgres postgres = Postgres.started();
    private final BrokerProcess broker = new BrokerProcess();
    private final ServerProcess one;
    private final ServerProcess two;

    private Cluster() {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.putAll(broker.settings());
        settings.put("ROLLCALL_LTPA_KEYS", sessionKeys().toString());
        settings.put("ROLLCALL_LTPA_PASSWORD", SESSIONS_PASSWORD);
        settings.put("ROLLCALL_LIMITS_PUBLICATIONS", "0");
        settings.put("ROLLCALL_LIMITS_PENDING", "3");
        settings.put("ROLLCALL_LIMITS_USER_CONNECTIONS", String.valueOf(MOST_CONNECTIONS));
        settings.put("ROLLCALL_EVENTS_KEEP_ALIVE", "PT2S");
        settings.putAll(Hook.SETTINGS);
        CompletableFuture<ServerProcess> starting =
                CompletableFuture.supplyAsync(() -> ServerProcess.start("rollcall-one", settings));
        two = ServerProcess.startSecured("rollcall-two", settings);
        one = starting.join();
    }

    /** Starts all of it, and waits until announcements reach both nodes. */
    public static Cluster start() {
        Cluster cluster = new Cluster();
        if (cluster.brokerIsReachable(cluster.one)) {
            throw new AssertionError("There is no broker that could be reached");
        }
        cluster.broker.start();
        cluster.untilAnnouncementsArrive(Await.PATIENCE);
        return cluster;
    }

    /** Made once and given to all nodes, as liberty/production says. */
    private static Path sessionKeys() {
        try {
            Path keys = Files.createDirectories(ServerProcess.data()).resolve("ltpa.keys");
            Files.deleteIfExists(keys);
            ServerProcess.tool("securityUtility", "createLTPAKeys", "--file=" + keys, "--password=" + SESSIONS_PASSWORD);
            return keys;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What nobody else must ever read. */
    public List<String> secrets() {
        return List.of(
                postgres.settings().get("ROLLCALL_DB_PASSWORD"),
                broker.settings().get("ROLLCALL_JMS_PASSWORD"),
                SESSIONS_PASSWORD,
                SelfSigned.KEYS_PASSWORD);
    }

    public Postgres postgres() {
        return postgres;
    }

    public BrokerProcess broker() {
        return broker;
    }

    public ServerProcess one() {
        return one;
    }

    public ServerProcess two() {
        return two;
    }

    /** A demo person at both nodes. */
    public List<Client> everywhere(String name) {
        return List.of(Client.as(name, one.url()), Client.as(name, two.url()));
    }

    public boolean brokerIsReachable(ServerProcess node) {
        return broker(node).path("reachable").asBoolean();
    }

    /** For how many seconds a node has not heard what it sends. */
    public int silence(ServerProcess node) {
        return broker(node).path("silence").asInt();
    }

    private static JsonNode broker(ServerProcess node) {
        JsonNode checks = Client.nobodyAt(node.url()).get("/health/ready").json().path("checks");
        for (JsonNode check : checks) {
            if (check.path("name").asText().equals("broker")) {
                return check.path("data");
            }
        }
        throw new AssertionError("Nothing is told of the broker: " + checks);
    }

    /**
     * Waits until both nodes hear of changes over the broker, and take from its queue. What they find by polling is not
     * counted as a delivery.
     */
    public void untilAnnouncementsArrive(Duration patience) {
        for (ServerProcess node : List.of(one, two)) {
            Client service = Client.as("service", one.url());
            Login[] login = {service.login(Client.newAccount(), ONLINE)};
            try (Events watching = Client.as("bob", node.url()).watch(login[0].account())) {
                watching.next();
                double before = deliveries(node);
                Await.until("announcements arrive at " + node.url(), patience, () -> {
                    login[0] = login[0].modify(BUSY).modify(ONLINE);
                    return deliveries(node) > before;
                });
            }
            login[0].logout();
        }
        Await.until("both nodes take publications", patience, () -> broker.takers(Destinations.PUBLICATIONS) == 2);
    }

    private static double deliveries(ServerProcess node) {
        String count = "rollcall_delivery_seconds_count ";
        return Client.as("admin", node.url()).get("/metrics").is(200).text().lines()
                .filter(line -> line.startsWith(count))
                .mapToDouble(line -> Double.parseDouble(line.substring(count.length())))
                .sum();
    }

    @Override
    public void close() {
        one.close();
        two.close();
        broker.close();
        postgres.close();
    }
}
