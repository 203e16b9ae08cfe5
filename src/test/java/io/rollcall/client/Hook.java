package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A service with a webhook: it keeps what it is sent, and answers as it is told. */
public final class Hook implements AutoCloseable {
    /** With what a server sends to it. */
    public static final Map<String, String> SETTINGS =
            Map.of("ROLLCALL_WEBHOOKS_ALLOW", "http://localhost:*", "ROLLCALL_WEBHOOKS_PRIVATE", "true");

    /** What a node that was killed had is free after twenty seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(45);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private volatile Map<String, String> headers = Map.of();

    /** One request as it came, and what it was answered. */
    public record Request(String id, String timestamp, String signature, String body, int answered) {
        public String subscription() {
            return Json.read(body).path("subscription").asText();
        }

        public List<JsonNode> events() {
            List<JsonNode> events = new ArrayList<>();
            Json.read(body).path("events").forEach(events::add);
            return events;
        }
    }

    public Hook() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int answer = status;
        requests.add(new Request(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                body,
                answer));
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/presence";
    }

    /** Answers so from now on. */
    public void answer(int code, String... nameAndValue) {
        headers = nameAndValue.length == 0 ? Map.of() : Map.of(nameAndValue[0], nameAndValue[1]);
        status = code;
    }

    /** All requests so far, whatever they were answered. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The events that it took. */
    public List<JsonNode> taken() {
        return requests.stream()
                .filter(request -> request.answered() < 300)
                .map(Request::events)
                .flatMap(List::stream)
                .toList();
    }

    /** The states that it took of one account, each as it was told. */
    public List<String> states(String account) {
        return of(account).map(event -> event.path("state").asText()).toList();
    }

    private Stream<JsonNode> of(String account) {
        return taken().stream().filter(event -> event.path("account").asText().equals(account));
    }

    /** Waits until it has taken such an event, and gives the first. */
    public JsonNode until(String account, Predicate<JsonNode> wanted) {
        Await.until("the webhook is told of " + account, PATIENCE, () -> of(account).anyMatch(wanted));
        return of(account).filter(wanted).findFirst().orElseThrow();
    }

    public JsonNode untilState(String account, String state) {
        return until(account, event -> event.path("state").asText().equals(state));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
