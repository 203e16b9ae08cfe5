package io.rollcall.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody who talks to a server from outside. */
public final class Client {
    public static final String JSON = "application/json";
    public static final String PIDF = "application/pidf+xml";
    public static final String SERVER = System.getProperty("rollcall.url", "http://localhost:9080");
    /** The same server over TLS; it signed its key itself. */
    public static final String SECURE = System.getProperty("rollcall.secure.url", "https://localhost:9443");

    /** For ordinary requests: its threads must not be taken by streams. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Tls.WITH_ANYBODY)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final String server;
    private final String authorization;

    private Client(String server, String authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    /** A demo person at the server that the tests share; the password is the name. */
    public static Client as(String name) {
        return as(name, SERVER);
    }

    public static Client as(String name, String server) {
        return withPassword(name, name, server);
    }

    public static Client withPassword(String name, String password, String server) {
        String credentials = name + ':' + password;
        return new Client(
                server,
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    /** Somebody who brings a token (RFC 6750). */
    public static Client withToken(String token, String server) {
        return new Client(server, "Bearer " + token);
    }

    /** Somebody who is not signed in. */
    public static Client nobody() {
        return nobodyAt(SERVER);
    }

    public static Client nobodyAt(String server) {
        return new Client(server, "");
    }

    /** The address of an account that no other test knows. */
    public static String newAccount() {
        return "t-" + UUID.randomUUID().toString().toLowerCase(Locale.ROOT) + "@example.com";
    }

    public static String presentities(String account) {
        return "/api/accounts/" + account + "/presentities";
    }

    public static String presence(String account) {
        return "/api/accounts/" + account + "/presence";
    }

    public static String authorization(String account, String watcher) {
        return "/api/accounts/" + account + "/authorizations/" + watcher;
    }

    public static String watchers(String account) {
        return "/api/accounts/" + account + "/watchers";
    }

    /** A request's path with one query parameter for each account. */
    public static String query(String path, String... accounts) {
        return Stream.of(accounts).collect(Collectors.joining("&account=", path + "?account=", ""));
    }

    String server() {
        return server;
    }

    /** Whatever a test needs that nothing below offers. */
    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    public Answer post(String path, String type, String body, String... headers) {
        return send("POST", path, type, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer put(String path, String type, String body, String... headers) {
        return send("PUT", path, type, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer send(String method, String path, String type, byte[] body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofByteArray(body)));
    }

    public static Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException broken) {
            throw new AssertionError(request.build() + " was not answered", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Whether a server answers a GET request with success; also while there is none. */
    boolean answers(String path) {
        return sendAsync(request(path).GET())
                .handle((answer, failure) -> failure == null && answer.status() == 200)
                .join();
    }

    public static CompletableFuture<Answer> sendAsync(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.ofByteArray()).thenApply(Answer::of);
    }

    /** Logs a new presentity in for an account, with a publication in JSON. */
    public Login login(String account, String publication) {
        return login(account, publication, "");
    }

    /** The same with a query, such as {@code ?expires=60}. */
    public Login login(String account, String publication, String query) {
        Answer answer = post(presentities(account) + query, JSON, publication).is(201);
        return new Login(this, account, answer);
    }

    /** Decides for an account what a watcher may see. */
    public void decide(String account, String watcher, String handling) {
        put(authorization(account, watcher), JSON, "{\"handling\":\"" + handling + "\"}").is(200);
    }

    /** Opens a stream of events and waits until the server has agreed. */
    public Events watch(String... accounts) {
        return Events.open(request(query("/api/events", accounts)));
    }

    /** Opens a stream that wishes at most so many events a second for each account. */
    public Events watchAtMost(String maxRate, String... accounts) {
        return Events.open(request(query("/api/events", accounts) + "&maxRate=" + maxRate));
    }

    public Events watchPidf(String... accounts) {
        return Events.open(request(query("/api/events", accounts) + "&format=pidf"));
    }

    /** Opens a stream as one that has seen everything up to an id. */
    public Events resume(String lastEventId, String... accounts) {
        return Events.open(request(query("/api/events", accounts), "Last-Event-ID", lastEventId));
    }

    /** Opens a stream at a path, such as that of a subscription list. */
    public Events stream(String path, String... headers) {
        return Events.open(request(path, headers));
    }

    public Socket socket() {
        return socket("");
    }

    /** Opens a WebSocket with a query, such as {@code ?format=pidf}. */
    public Socket socket(String query) {
        return Socket.open(URI.create(server.replaceFirst("http", "ws") + "/api/socket" + query), authorization);
    }
}
