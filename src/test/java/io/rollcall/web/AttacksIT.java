package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Login;
import io.rollcall.client.RawSocket;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers try first, and what the server has against it; src/adr/0029 has the whole list. */
class AttacksIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Path LOG = Path.of(System.getProperty("rollcall.wlp"), "usr/servers/rollcall-it/logs/messages.log");

    private final Client nobody = Client.nobody();
    private final Client carol = Client.as("carol");
    private final Client zoe = Client.as("zoe");
    private final Client service = Client.as("service");

    static List<String> pages() throws IOException {
        return AccessTableTest.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("OWASP API8 — every page tells the browser what it may do, and that is little")
    void secure_headers(String page) {
        Answer answer = carol.get(page);

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()");
    }

    @Test
    @DisplayName("OWASP API2 — whoever guesses passwords by Basic learns nothing from the eleventh on, and keeps no other out")
    void guesses_are_in_vain() {
        String name = "dave@example.com";
        for (int i = 0; i < 10; i++) {
            Client.withPassword(name, "guess" + i, Client.SERVER)
                    .get("/api/me", "X-Forwarded-For", "192.0.2." + i)
                    .is(401);
        }

        Answer wrong = Client.withPassword(name, "guess", Client.SERVER).get("/api/me");
        Answer right = Client.withPassword(name, "dave", Client.SERVER).get("/api/me");

        assertThat(right.isProblem(429, "too-many-requests").text()).isEqualTo(wrong.text());
        assertThat(right.stableHeaders()).isEqualTo(wrong.stableHeaders());
        assertThat(right.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.matches("rollcall-session=[^;]{20,}.*"));
        assertThat(right.header("Retry-After")).isEqualTo("60");
        carol.get("/api/me").is(200);
    }

    @Test
    @DisplayName("OWASP API2 — a wrong name is answered like a wrong password")
    void names_are_not_told() {
        Answer unknown = Client.withPassword("nobody-there", "x", Client.SERVER).get("/api/me");
        Answer known = Client.withPassword("carol", "x", Client.SERVER).get("/api/me");

        assertThat(unknown.text()).isEqualTo(known.text());
        assertThat(unknown.stableHeaders()).isEqualTo(known.stableHeaders());
        assertThat(nobody.post("/login", FORM, "name=nobody-there&password=x").header("Location"))
                .isEqualTo(nobody.post("/login", FORM, "name=carol&password=x").header("Location"));
    }

    @Test
    @DisplayName("OWASP API3 — an outsider cannot tell an account that nobody knows from one whose owner has not decided")
    void accounts_are_not_told_to_outsiders() {
        String known = Client.newAccount();
        service.login(known, "{\"state\":\"busy\"}");
        String unknown = Client.newAccount();

        assertThat(everyPath(zoe, unknown).replace(unknown, known)).isEqualTo(everyPath(zoe, known));
    }

    private static String everyPath(Client client, String account) {
        StringBuilder all = new StringBuilder();
        for (Answer answer : List.of(
                client.get(Client.presence(account)),
                client.post("/api/presence/query", Client.JSON, "{\"accounts\":[\"" + account + "\"]}"),
                client.get(Client.watchers(account)),
                client.get(Client.authorization(account, "zoe@partner.example")),
                client.get("/api/accounts/" + account + "/export"),
                client.get("/api/directory?q=" + account))) {
            all.append(answer.status()).append(' ').append(answer.stableHeaders()).append(answer.text()).append('\n');
        }
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/directory?q=a", "/api;x=y/directory?q=a", "/api/./directory?q=a", "/x/../api/directory?q=a",
                "/%61pi/directory?q=a", "/api/%64irectory?q=a", "/API/directory?q=a", "/api%2fdirectory?q=a", "/.//api/me",
                "/api//directory?q=a", "/;/api/directory?q=a", "/openapi;x", "//metrics", "/metrics;x", "/openapi/ui/index.html;x"
            })
    @DisplayName("OWASP API5 — no spelling of a path leads past the sign-in")
    void odd_spellings_need_a_sign_in_too(String path) throws IOException {
        try (RawSocket odd = begun("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            assertThat(odd.rest()).matches("(?s)HTTP/1.1 (302|400|401|404) .*").doesNotContain("alice@", "# HELP", "openapi:");
        }
    }

    @Test
    @DisplayName("RFC 6455 §10.2 — a page of another site opens no WebSocket with a visitor's cookie")
    void a_websocket_asks_for_the_origin() throws IOException {
        for (String origin : List.of("https://elsewhere.example", "null")) {
            try (RawSocket socket = begun("GET /api/socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nOrigin: "
                    + origin + "\r\nAuthorization: " + RawSocket.basic("carol") + "\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")) {
                assertThat(socket.status()).as(origin).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 0",
                "Content-Length: 5\r\nTransfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: \u000bchunked",
                "Host: elsewhere.example\r\nTransfer-Encoding: chunked"
            })
    @DisplayName("RFC 9112 §3.2, §6 — a request that could be read in two ways is not read, nor what follows")
    void nothing_is_smuggled(String framing) throws IOException {
        try (RawSocket two = begun("POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM + "\r\n" + framing
                + "\r\n\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            // of two lengths the container itself takes one, and then ends the connection
            assertThat(two.status()).isIn(0, 302, 400);
            assertThat(two.rest()).doesNotContain("\"checks\"");
        }
    }

    @Test
    @DisplayName("RFC 9113 §3 — HTTP/2 is not spoken: a client that does not read would hold threads (src/adr/0033)")
    void http_2_is_off() throws IOException {
        try (RawSocket known = begun("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
                RawSocket upgrade = begun("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close, Upgrade, HTTP2-Settings"
                        + "\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")) {
            assertThat(known.rest()).doesNotStartWith("\0");
            assertThat(upgrade.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"$WSSN,elsewhere.example", "$WSSP,1", "$WSIS,true", "$WSSC,https", "$WSRA,192.0.2.1", "X-Forwarded-Host,elsewhere.example"})
    @DisplayName("OWASP API8 — what the container's own headers say of where a request came to is not believed")
    void where_a_request_came_to_is_no_clients_word(String header, String value) {
        Answer answer = nobody.get("/index.html", header, value).is(302);

        assertThat(answer.header("Location")).startsWith(Client.SERVER + "/login.html");
        assertThat(answer.headers().map()).doesNotContainKey("strict-transport-security");
    }

    @Test
    @DisplayName("OWASP API4 — requests that are begun and never ended keep no other waiting")
    void slow_requests_delay_no_other() throws IOException {
        Login login = service.login(Client.newAccount(), "{\"state\":\"online\"}");
        List<RawSocket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                slow.add(begun("GET /api/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
            }
            for (int i = 0; i < 30; i++) {
                slow.add(begun("POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM
                        + "\r\nContent-Length: 500\r\n\r\nname="));
                slow.add(begun("PUT /api/accounts/carol@example.com/preferred HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + RawSocket.basic("carol") + "\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"));
            }
            for (int i = 0; i < 100; i++) {
                slow.add(begun("POST /api/me HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n{"));
            }
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                login = login.modify("{\"state\":\"busy\",\"note\":\"" + i + "\"}");
                service.get(Client.presence(login.account())).is(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            }
        } finally {
            for (RawSocket socket : slow) {
                socket.close();
            }
        }
    }

    private static RawSocket begun(String request) throws IOException {
        return RawSocket.send(request.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("OWASP API4 — a request has so many headers, and they are so long")
    void headers_are_limited() throws IOException {
        String start = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        try (RawSocket many = begun(start + "X-Many: 1\r\n".repeat(1_000) + "\r\n");
                RawSocket usual = begun(start + "X-Many: 1\r\n".repeat(50) + "\r\n");
                RawSocket lengthy = begun(start + "X-Long: " + "x".repeat(100_000) + "\r\n\r\n")) {
            assertThat(many.status()).isIn(0, 400, 431);
            assertThat(usual.status()).isEqualTo(200);
            assertThat(lengthy.status()).isIn(0, 400, 431);
        }
    }

    @Test
    @DisplayName("What a client sends begins no line of the log")
    void the_log_cannot_be_forged() {
        String forged = "FORGED-" + UUID.randomUUID();
        String name = "x\r\n" + forged;
        String inPath = URLEncoder.encode(name, StandardCharsets.UTF_8);

        Client.withPassword(name, "x", Client.SERVER).get("/api/me").is(401);
        nobody.post("/login", FORM, "name=" + inPath + "&password=x");
        carol.get(Client.presence(inPath + "@example.com")).is(400);
        carol.get("/api/subscriptions/" + inPath);
        carol.put("/api/accounts/carol@example.com/preferred", Client.JSON, "{\"state\":\"" + inPath + "\"}");
        carol.post("/api/subscriptions", Client.JSON, "{\"groups\":[\"x\\n" + forged + "\"]}");
        Client.as("admin").delete("/api/admin/dead-letters/" + inPath);

        assertThat(contentOf(LOG.toFile()).lines()).noneMatch(line -> line.startsWith(forged));
    }
}
