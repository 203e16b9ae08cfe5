package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.client.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in, and that nothing is open to whoever has not. */
class SignInIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ME = "/api/me";
    private static final String BUSY = "{\"state\":\"busy\"}";

    private final Client nobody = Client.nobody();

    @ParameterizedTest
    @CsvSource({
        "alice,alice@example.com", "alice@example.com,alice@example.com", "zoe,zoe@partner.example", "admin,admin@example.com"
    })
    void rfc7617_basic_signs_in_by_name_or_address(String name, String account) {
        Answer me = Client.withPassword(name, name.replaceFirst("@.*", ""), Client.SERVER)
                .get(ME)
                .is(200);

        assertThat(me.json().path("account").asText()).isEqualTo(account);
    }

    @Test
    void roles_are_what_the_groups_say() {
        assertThat(Client.as("admin").get(ME).json().path("roles").toString()).isEqualTo("[\"admin\"]");
        assertThat(Client.as("service").get(ME).json().path("roles").toString()).isEqualTo("[\"publisher\"]");
        assertThat(Client.as("bob").get(ME).json().path("roles")).isEmpty();
    }

    @Test
    void a_wrong_password_is_401_and_says_how_to_sign_in() {
        Answer answer = Client.withPassword("alice", "wrong", Client.SERVER).get(ME);

        answer.isProblem(401, "not-signed-in");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/me",
                "/api/directory?q=a",
                "/api/accounts/alice@example.com/presence",
                "/api/accounts/alice@example.com/presentities/t1",
                "/api/accounts/alice@example.com/authorizations",
                "/api/events?account=alice@example.com",
                "/api/socket",
                "/api/nothing/here",
                "/metrics",
                "/openapi"
            })
    void without_signing_in_the_interface_is_401(String path) {
        nobody.get(path).isProblem(401, "not-signed-in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH", "HEAD", "TRACE", "PROPFIND"})
    void without_signing_in_no_method_does_anything(String method) {
        Answer answer = Client.send(nobody.request(Client.presentities("alice@example.com"))
                .method(method, BodyPublishers.ofString(method.equals("POST") ? "{\"state\":\"busy\"}" : "")));

        assertThat(answer.status()).isIn(401, 405, 501);
        assertThat(answer.text()).doesNotContain("Exception", "io.rollcall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/demo.html", "/app/main.js", "/nothing", "/problem"})
    void pages_lead_whoever_is_not_signed_in_to_the_log_in_page(String path) {
        Answer answer = nobody.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith("/login.html?next=" + encoded(path));
    }

    @Test
    void what_a_page_was_asked_for_is_asked_for_again_afterwards() {
        String page = "/admin/account.xhtml?account=bob%40example.com&x=%26";

        assertThat(nobody.get(page).is(302).header("Location")).endsWith("/login.html?next=" + encoded(page));
        assertThat(signIn("carol", "carol", page).header("Location")).endsWith(page);
    }

    @Test
    void parameters_in_a_path_are_no_trap_for_who_comes_after() {
        String path = "/" + UUID.randomUUID();

        nobody.get(path + ";x/page.xhtml").is(302);

        nobody.get(path).is(302);
    }

    @Test
    void signing_out_leaves_nothing_of_the_console_to_who_signs_in_next() {
        Answer signedIn = signIn("admin", "admin", "");
        Answer page = nobody.get("/admin/people.xhtml", "Cookie", sessionCookie(signedIn)).is(200);
        String console = cookie("rollcall-console", page);

        nobody.post("/logout", FORM, "", "Cookie", sessionCookie(signedIn) + "; " + console).is(302);

        String next = sessionCookie(signIn("admin@example.com", "admin", ""));
        Answer other = nobody.get("/admin/people.xhtml", "Cookie", next + "; " + console).is(200);
        assertThat(cookie("rollcall-console", other)).isNotEqualTo(console);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/health/started", "/login.html", "/assets/login.js"})
    void health_and_the_log_in_page_are_open(String path) {
        nobody.get(path).is(200);
    }

    @Test
    void the_form_gives_a_cookie_that_stands_for_the_password() {
        Answer signedIn = signIn("carol", "carol", "/demo.html");
        assertThat(signedIn.status()).isEqualTo(302);
        assertThat(signedIn.header("Location")).endsWith("/demo.html");
        String cookie = sessionCookie(signedIn);

        Answer me = nobody.get(ME, "Cookie", cookie).is(200);
        assertThat(me.json().path("account").asText()).isEqualTo("carol@example.com");
        nobody.get("/demo.html", "Cookie", cookie).is(200);
    }

    @Test
    void the_cookie_is_kept_from_scripts_and_other_sites() {
        String cookie = signIn("carol", "carol", "").headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith("rollcall-session="))
                .findFirst()
                .orElseThrow();

        assertThat(cookie).contains("HttpOnly", "SameSite=Lax");
    }

    @Test
    void signing_out_ends_the_cookie() {
        String cookie = sessionCookie(signIn("carol", "carol", ""));

        Answer out = nobody.post("/logout", FORM, "", "Cookie", cookie);

        assertThat(out.status()).isEqualTo(302);
        nobody.get(ME, "Cookie", cookie).isProblem(401, "not-signed-in");
    }

    @Test
    void signing_out_ends_what_was_begun_with_the_cookie_and_nothing_else() throws IOException {
        String cookie = sessionCookie(signIn("carol", "carol", ""));
        String account = "carol@example.com";
        String handshake = "GET /api/socket HTTP/1.1\r\nHost: " + URI.create(Client.SERVER).getAuthority()
                + "\r\nCookie: " + cookie + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        try (Events events = nobody.stream(Client.query("/api/events", account), "Cookie", cookie);
                Events others = Client.as("bob").watch(account);
                RawSocket socket = RawSocket.send(handshake.getBytes(StandardCharsets.US_ASCII))) {
            events.next();
            others.next();
            assertThat(socket.status()).isEqualTo(101);

            nobody.post("/logout", FORM, "", "Cookie", cookie).is(302);

            events.untilEnd();
            socket.untilEnd();
            Login login = Client.as("service").login(account, "{\"state\":\"busy\"}");
            others.untilState("busy");
            login.logout();
        }
    }

    @Test
    void a_forged_cookie_is_401() {
        nobody.get(ME, "Cookie", "rollcall-session=bm90LW91cnM=").isProblem(401, "not-signed-in");
    }

    @Test
    void the_form_says_no_to_a_wrong_password() {
        Answer answer = signIn("carol", "wrong", "");

        assertThat(answer.header("Location")).endsWith("/login.html?failed");
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(set -> set.matches("rollcall-session=[^;]{20,}.*"));
    }

    @Test
    void the_form_needs_name_and_password() {
        assertThat(nobody.post("/login", FORM, "name=carol").header("Location")).endsWith("/login.html?failed");
    }

    @Test
    void after_ten_failures_a_minute_further_attempts_wait_even_with_the_right_password() {
        for (int i = 0; i < 10; i++) {
            String name = i % 2 == 0 ? "service@example.com" : " Service@example.com";
            assertThat(signIn(name, "guess" + i, "").header("Location")).endsWith("?failed");
        }

        Answer answer = signIn("service@example.com", "service", "");

        assertThat(answer.header("Location")).endsWith("/login.html?wait");
        assertThat(signIn("carol", "carol", "").header("Location")).doesNotContain("wait");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"})
    void signing_in_never_leads_to_another_site(String next) {
        String location = signIn("carol", "carol", next).header("Location");

        assertThat(location).doesNotContain("elsewhere", "javascript").endsWith("/");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin,https://elsewhere.example",
        "Origin,null",
        "Origin,http://localhost.elsewhere.example",
        "Referer,https://elsewhere.example/page",
        "Sec-Fetch-Site,cross-site",
        "Sec-Fetch-Site,same-site"
    })
    void a_page_of_another_site_cannot_change_anything_with_a_visitors_cookie(String header, String value) {
        String cookie = sessionCookie(signIn("carol", "carol", ""));
        String presentities = Client.presentities("carol@example.com");

        nobody.post(presentities, Client.JSON, BUSY, "Cookie", cookie, header, value).isProblem(403, "forbidden");
        nobody.post(presentities, "text/plain", BUSY, "Cookie", cookie, header, value).isProblem(403, "forbidden");
        nobody.put(presentities + "/t1", Client.JSON, BUSY, "Cookie", cookie, header, value).isProblem(403, "forbidden");
        nobody.delete("/api/accounts/carol@example.com", "Cookie", cookie, header, value).isProblem(403, "forbidden");
        nobody.post("/api/tickets", Client.JSON, "", "Cookie", cookie, header, value).isProblem(403, "forbidden");
        nobody.post("/index.html", FORM, "", "Cookie", cookie, header, value).isProblem(403, "forbidden");
        nobody.post("/logout", FORM, "", "Cookie", cookie, header, value).isProblem(403, "forbidden");
        nobody.post("/login", FORM, "name=dave&password=dave", header, value).isProblem(403, "forbidden");
        nobody.get(ME, "Cookie", cookie).is(200);
    }

    @ParameterizedTest
    @CsvSource({"Origin,https://elsewhere.example", "Origin,null", "Sec-Fetch-Site,cross-site"})
    @DisplayName("RFC 6455 §10.2 — a page of another site cannot open a WebSocket with what a visitor's browser adds")
    void a_page_of_another_site_cannot_open_a_socket(String header, String value) throws IOException {
        assertThat(handshake(header + ": " + value)).isEqualTo(403);
        assertThat(handshake("Origin: " + Client.SERVER)).isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({"Origin,", "Sec-Fetch-Site,same-origin"})
    void our_own_pages_can(String header, String value) {
        String cookie = sessionCookie(signIn("carol", "carol", ""));

        nobody.post("/api/tickets", Client.JSON, "", "Cookie", cookie, header, value == null ? Client.SERVER : value).is(201);
    }

    @Test
    void a_session_acts_for_its_owner_like_the_password() {
        String cookie = sessionCookie(signIn("carol", "carol", ""));
        String note = UUID.randomUUID().toString();

        Answer login = nobody.post(
                        Client.presentities("carol@example.com"),
                        Client.JSON,
                        "{\"state\":\"busy\",\"note\":\"" + note + "\"}",
                        "Cookie",
                        cookie)
                .is(201);

        String path = login.header("Location").substring(Client.SERVER.length());
        nobody.delete(path, "Cookie", cookie, "If-Match", login.header("ETag")).is(204);
    }

    private static int handshake(String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of("Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        all.addAll(List.of(headers));
        try (RawSocket socket = RawSocket.get("carol", "/api/socket", all.toArray(String[]::new))) {
            return socket.status();
        }
    }

    private Answer signIn(String name, String password, String next) {
        String form = "name=" + encoded(name) + "&password=" + encoded(password)
                + (next.isEmpty() ? "" : "&next=" + encoded(next));
        return nobody.post("/login", FORM, form);
    }

    private static String sessionCookie(Answer signedIn) {
        return cookie("rollcall-session", signedIn);
    }

    private static String cookie(String name, Answer answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith(name + '='))
                .map(set -> set.replaceFirst(";.*", ""))
                .findFirst()
                .orElseThrow();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
