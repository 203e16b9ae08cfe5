package io.rollcall.web;

import static io.rollcall.client.Client.JSON;
import static io.rollcall.client.Client.PIDF;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Login;
import io.rollcall.client.RawSocket;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the server answers what was wrong, changes nothing, and serves the next request. */
class HostileInputIT {
    private static final String PRESENCE = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:%s'>";
    private static final String TUPLE = "<tuple id='a'><status><basic>open</basic></status>%s</tuple></presence>";

    private final Client service = Client.as("service");
    private final String account = Client.newAccount();
    private Login login;
    private Answer before;

    static Stream<String> hostileXml() {
        return Stream.of(
                "<!DOCTYPE presence>" + PRESENCE + TUPLE.formatted(""),
                "<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + PRESENCE + TUPLE.formatted("<note>&x;</note>"),
                "<!DOCTYPE p SYSTEM 'http://localhost:1/evil.dtd'>" + PRESENCE + TUPLE.formatted(""),
                "<!DOCTYPE p [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                        + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>" + PRESENCE
                        + TUPLE.formatted("<note>&c;&c;&c;&c;</note>"),
                PRESENCE + TUPLE.formatted("<x xmlns='urn:x'>".repeat(2000)),
                PRESENCE + TUPLE.formatted("<x xmlns='urn:x'>".repeat(2000) + "</x>".repeat(2000)),
                PRESENCE + TUPLE.formatted("<x xmlns='urn:x'/>".repeat(3000)),
                PRESENCE + TUPLE.formatted("<x xmlns='urn:x' a='" + "y".repeat(10_000) + "'/>"),
                PRESENCE + TUPLE.formatted("<note>" + "y".repeat(30_000) + "</note>"),
                PRESENCE + "<tuple id='a'><status>",
                "<?xml version='1.0' encoding='no-such-charset'?>" + PRESENCE + TUPLE.formatted(""),
                "\u0000\u0001\u0002",
                "{\"state\":\"busy\"}");
    }

    static Stream<String> hostileJson() {
        return Stream.of(
                "[".repeat(20_000),
                "{\"a\":".repeat(10_000),
                "{\"state\":\"busy\",\"note\":\"\\ud800\"}",
                "{\"state\":\"busy\",\"note\":\"\\u0000\"}",
                "{\"state\":\"busy\",\"priority\":1e999999999}",
                "{\"state\":\"busy\",\"priority\":" + "9".repeat(50_000) + "}",
                "{\"state\":\"busy\",\"state\":\"away\"}",
                "{\"state\":\"busy\",\"note\":\"" + "x".repeat(60_000) + "\"}",
                "{\"state\":\"busy\",\"contact\":\"javascript:alert(1)\"",
                "<presence/>");
    }

    @BeforeEach
    void log_in() {
        login = service.login(account, "{\"state\":\"online\",\"note\":\"as before\"}");
        before = service.get(Client.presence(account)).is(200);
    }

    @AfterEach
    void nothing_has_changed_and_the_server_still_works() {
        Answer after = service.get(Client.presence(account)).is(200);
        assertThat(after.text()).isEqualTo(before.text());
        assertThat(service.get(login.path()).is(200).header("ETag")).isEqualTo(login.etag());
        login.modify("{\"state\":\"busy\"}").logout();
        Client.nobody().get("/health/ready").is(200);
    }

    @ParameterizedTest
    @MethodSource("hostileXml")
    void xml_that_could_do_harm_is_refused(String xml) {
        String document = xml.contains("%s") ? xml.formatted(account) : xml;

        Answer answer = service.put(login.path(), PIDF, document, "If-Match", login.etag());

        assertThat(answer.status()).isIn(400, 413);
        answer.isProblem(answer.status(), answer.status() == 400 ? "invalid-document" : "too-large");
        assertThat(answer.text()).doesNotContain("root:");
    }

    @ParameterizedTest
    @MethodSource("hostileJson")
    void json_that_could_do_harm_is_refused(String json) {
        service.put(login.path(), JSON, json, "If-Match", login.etag()).isProblem(400, "invalid-document");
    }

    @Test
    void text_that_is_not_utf_8_is_refused() {
        byte[] broken = "{\"state\":\"busy\",\"note\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        service.send("PUT", login.path(), JSON, broken, "If-Match", login.etag()).isProblem(400, "invalid-document");

        byte[] xml = (PRESENCE.formatted(account) + TUPLE.formatted("<note>\u00e9</note>"))
                .getBytes(StandardCharsets.ISO_8859_1);
        service.send("PUT", login.path(), PIDF, xml, "If-Match", login.etag()).isProblem(400, "invalid-document");
    }

    @ParameterizedTest
    @ValueSource(ints = {70_000, 1_000_000, 20_000_000})
    void a_huge_body_is_413_wherever_one_is_read(int size) {
        byte[] body = "x".repeat(size).getBytes(StandardCharsets.UTF_8);

        service.send("PUT", login.path(), JSON, body, "If-Match", login.etag()).isProblem(413, "too-large");
        Client.as("admin")
                .send("PUT", Client.authorization(account, "bob@example.com"), JSON, body)
                .isProblem(413, "too-large");
    }

    @Test
    void a_huge_query_is_413() {
        byte[] body = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

        service.send("POST", "/api/presence/query", JSON, body).isProblem(413, "too-large");
    }

    @Test
    void a_body_that_ends_early_is_not_stored() throws IOException {
        String head = "PUT " + login.path() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + RawSocket.basic("service") + "\r\nContent-Type: application/json\r\nIf-Match: " + login.etag()
                + "\r\nContent-Length: 500\r\n\r\n{\"state\":\"busy\"}";
        try (RawSocket cut = RawSocket.send(head.getBytes(StandardCharsets.UTF_8))) {
            assertThat(cut).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/accounts/%2e%2e/presence",
                "/api/accounts/a%00b@example.com/presence",
                "/api/accounts/%ff%fe@example.com/presence",
                "/api/accounts/" + "<script>@example.com/presence",
                "/api/accounts//presence",
                "/api/accounts/alice@example.com;x=y/presence/../../..",
                "/api/accounts/alice@example.com/presentities/..%2f..%2f",
                "/api/../WEB-INF/web.xml",
                "/WEB-INF/web.xml",
                "/WEB-INF/classes/db-migrations/V0001__accounts_and_presentities.sql",
                "/META-INF/persistence.xml",
                "/api/%",
                "/api/accounts/%zz/presence"
            })
    void odd_paths_are_refused_and_show_nothing(String path) throws IOException {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                        + RawSocket.basic("service") + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (RawSocket odd = RawSocket.send(request)) {
            String answer = odd.rest();

            assertThat(answer).matches("(?s)HTTP/1.1 (400|404|403|302|200) .*");
            assertThat(answer).doesNotContain("Exception", "\tat ", "<web-app", "create table", "persistence-unit");
        }
    }

    @Test
    void a_very_long_path_is_refused() throws IOException {
        byte[] request = ("GET /api/accounts/" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        try (RawSocket odd = RawSocket.send(request)) {
            assertThat(odd.status()).isIn(0, 400, 401, 413, 414);
        }
    }

    @Test
    void what_is_no_http_at_all_is_dropped() throws IOException {
        try (RawSocket odd = RawSocket.send("\u0016\u0003\u0001 hello\r\n\r\n".getBytes(StandardCharsets.UTF_8))) {
            assertThat(odd.status()).isIn(0, 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "PROPFIND", "TRACE"})
    void a_method_that_is_not_one_of_the_resource_does_nothing(String method) {
        Answer answer = Client.send(service.request(login.path(), "If-Match", login.etag(), "Content-Type", JSON)
                .method(method, BodyPublishers.ofString("{\"state\":\"busy\"}")));

        assertThat(answer.status()).isIn(405, 501);
        assertThat(answer.text()).doesNotContain("Exception", "io.rollcall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b/c", "text", "/", ";", "application/json;charset=no-such", "application/pidf+xml;charset=no-such"})
    void odd_media_types_are_refused(String type) {
        Answer answer = service.put(login.path(), type, "{\"state\":\"strange\"}", "If-Match", login.etag());

        assertThat(answer.status()).isIn(400, 415);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.text()).doesNotContain("Exception", "io.rollcall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b/c", ";;", "text", "application/json;q=9"})
    void odd_accept_headers_are_answered(String accept) {
        Answer answer = service.get(Client.presence(account), "Accept", accept);

        assertThat(answer.status()).isIn(200, 400, 406);
        assertThat(answer.text()).doesNotContain("Exception", "io.rollcall");
    }

    @Test
    void script_in_a_note_cannot_break_out_of_json() {
        Login other = service.login(Client.newAccount(), "{\"state\":\"busy\",\"note\":\"</script><b>&\"}");

        assertThat(service.get(other.path()).text()).doesNotContain("</script>", "<b>");
        assertThat(service.get(other.path()).json().path("note").asText()).isEqualTo("</script><b>&");
    }

    @Test
    void what_a_problem_quotes_of_a_request_cannot_break_out_of_it() {
        Answer answer = service.get("/api/accounts/%3Cscript%3E%22/presence");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.text()).doesNotContain("<script>");
    }
}
