package io.rollcall.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.message.Destinations;
import io.rollcall.message.NotificationMessage;
import io.rollcall.message.Presence;
import io.rollcall.message.PublicationMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that people and services do with two nodes, one thing after the other, by several at once. Whatever one opens, it closes,
 * or leaves behind to expire within seconds.
 */
public final class MixedTraffic implements AutoCloseable {
    private static final int PEOPLE = 6;
    private static final int LONG_LIST = 200;
    private static final String ONLINE = "{\"state\":\"online\"}";
    private static final String TEAM = "{\"level\":\"team\"}";
    private static final String BUSY = "{\"state\":\"busy\",\"activities\":[\"meeting\"],\"note\":\"Until 3\"}";

    private final Cluster cluster;
    private final List<Person> people;
    private final ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
    private final Map<String, LongAdder> done = new ConcurrentHashMap<>();

    public MixedTraffic(Cluster cluster) {
        this.cluster = cluster;
        people = IntStream.range(0, PEOPLE).mapToObj(i -> new Person()).toList();
    }

    /** Goes on for a while, and ends when everybody has done what he was at. @throws AssertionError if anything went wrong */
    public void run(Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        CompletableFuture.allOf(people.stream()
                        .map(person -> CompletableFuture.runAsync(() -> person.live(deadline), threads))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** The accounts that it is all about. */
    public List<String> accounts() {
        return people.stream().map(person -> person.account).toList();
    }

    /** How often each thing was done. */
    public Map<String, Long> done() {
        return new TreeMap<>(done.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum())));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** What one can do. */
    private interface Act {
        void act() throws JMSException;
    }

    private final class Person {
        private final String account = Client.newAccount();
        private final List<String> others =
                IntStream.range(0, LONG_LIST).mapToObj(i -> Client.newAccount()).toList();
        private final List<Client> service = cluster.everywhere("service");
        private final List<Client> bob = cluster.everywhere("bob");
        private final List<Client> admin = cluster.everywhere("admin");
        private final Map<String, Act> acts = Map.ofEntries(
                Map.entry("session", this::session),
                Map.entry("expiry", this::expiry),
                Map.entry("own word", this::ownWord),
                Map.entry("events", this::events),
                Map.entry("socket", this::socket),
                Map.entry("ticket", this::ticket),
                Map.entry("long list", this::longList),
                Map.entry("rules", this::rules),
                Map.entry("erasure", this::erasure),
                Map.entry("look", this::look),
                Map.entry("queue", this::queue),
                Map.entry("topic", this::topic),
                Map.entry("webhook", this::webhook));

        void live(long deadline) {
            List<String> names = new ArrayList<>(acts.keySet());
            while (System.nanoTime() < deadline) {
                String name = names.get(ThreadLocalRandom.current().nextInt(names.size()));
                try {
                    acts.get(name).act();
                } catch (JMSException | RuntimeException | AssertionError broken) {
                    throw new AssertionError(name + " went wrong", broken);
                }
                done.computeIfAbsent(name, any -> new LongAdder()).increment();
            }
        }

        private Client any(List<Client> nodes) {
            return nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
        }

        private void session() {
            Login login = any(service).login(account, ONLINE);
            login.at(any(service)).modify(BUSY).refresh().modify(ONLINE).logout();
        }

        private void expiry() {
            any(service).login(account, BUSY, "?expires=1");
        }

        private void ownWord() {
            String path = "/api/accounts/" + account + "/preferred";
            any(admin).put(path, Client.JSON, "{\"state\":\"away\",\"note\":\"Lunch\",\"expires\":1}").is(200);
        }

        private void events() {
            Login login = any(service).login(account, ONLINE);
            String last;
            try (Events events = any(bob).watch(account)) {
                login = login.modify(BUSY);
                last = events.untilState("busy").id();
            }
            login.logout();
            try (Events events = any(bob).resume(last, account)) {
                events.next();
            }
        }

        private void socket() {
            try (Socket watching = any(bob).socket();
                    Socket publishing = any(service).socket()) {
                watching.ask("subscribe", "\"accounts\":[\"" + account + "\"]");
                String mine = "\"account\":\"" + account + "\",";
                var login = publishing.ask("login", mine + "\"state\":\"busy\",\"note\":\"over the socket\"");
                String which = mine + "\"tuple\":\"" + login.path("tuple").asText() + "\",\"etag\":\"*\"";
                watching.next(message -> message.toString().contains("over the socket"));
                publishing.ask("refresh", which);
                publishing.ask("logout", which);
                watching.ask("unsubscribe", "\"accounts\":[\"" + account + "\"]");
            }
        }

        private void ticket() {
            Client node = any(bob);
            String ticket = node.post("/api/tickets", Client.JSON, "").is(201).json().path("ticket").asText();
            Client nobody = Client.nobodyAt(node.server());
            try (Events events = nobody.stream("/api/events?account=" + account + "&ticket=" + ticket)) {
                events.next();
            }
        }

        private void longList() {
            Client node = any(bob);
            String accounts = String.join("\",\"", others) + "\",\"" + account;
            String list = node.post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + accounts + "\"]}")
                    .is(201)
                    .header("Location")
                    .replaceFirst("http://[^/]*", "");
            Login login = any(service).login(account, BUSY);
            try (Events events = node.stream(list + "/events")) {
                events.until(event -> event.account().equals(account));
            }
            login.logout();
            any(bob).delete(list).is(204);
        }

        private void rules() {
            String rules = "/api/accounts/" + account + "/authorizations";
            boolean first = any(admin).put(rules, Client.JSON, TEAM, "If-Match", "*").status() == 412;
            if (first) {
                any(admin).put(rules, Client.JSON, TEAM).is(200);
            }
            for (String handling : List.of("polite-block", "block", "allow")) {
                any(admin).decide(account, "bob@example.com", handling);
                any(admin).get(Client.authorization(account, "bob@example.com")).is(200);
            }
        }

        private void erasure() {
            any(service).login(account, BUSY);
            any(admin).delete("/api/accounts/" + account).is(204);
        }

        private void look() {
            Client node = any(bob);
            assertThat(node.get(Client.presence(account)).status()).isIn(200, 403, 404);
            node.post("/api/presence/query", Client.JSON, "{\"accounts\":[\"" + account + "\",\"alice@example.com\"]}").is(200);
            node.get("/api/directory?q=al").is(200);
            node.get("/openapi").is(200);
            any(admin).get(Client.watchers(account)).is(200);
            assertThat(any(admin).get("/api/accounts/" + account + "/export").status()).isIn(200, 404);
        }

        private void queue() {
            try (OtherService other = cluster.broker().connect()) {
                String tuple = other.publish(PublicationMessage.login(account, ONLINE)).tuple();
                String busy = Presence.of("busy").saying("over the queue").toJson();
                other.publish(PublicationMessage.modify(account, tuple, PublicationMessage.ANY, busy));
                other.publish(PublicationMessage.logout(account, tuple, PublicationMessage.ANY));
            }
        }

        private void topic() throws JMSException {
            try (JMSContext broker = cluster.broker().connections().createContext()) {
                JMSConsumer told = broker.createConsumer(
                        broker.createTopic(Destinations.NOTIFICATIONS), "account = '" + account + '\'');
                String list = deliveredList("\"delivery\":\"jms\"");
                Message message = told.receive(Await.PATIENCE.toMillis());
                if (message == null || !NotificationMessage.read(message).watcher().equals("bob@example.com")) {
                    throw new AssertionError("Not told over the topic: " + message);
                }
                any(bob).delete(list).is(204);
            }
        }

        private void webhook() {
            try (Hook hook = new Hook()) {
                hook.answer(503);
                String list = deliveredList("\"delivery\":\"webhook\",\"url\":\"" + hook.url() + "\"");
                Await.until("the webhook is tried", Hook.PATIENCE, () -> !hook.requests().isEmpty());
                hook.answer(204);
                Await.until("the webhook took it", Hook.PATIENCE, () -> !hook.taken().isEmpty());
                any(bob).delete(list).is(204);
            }
        }

        private String deliveredList(String delivery) {
            return any(bob).post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + account + "\"]," + delivery + '}')
                    .is(201)
                    .header("Location")
                    .replaceFirst("http://[^/]*", "");
        }
    }
}
