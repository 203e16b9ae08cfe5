package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.LargeDocument;
import io.rollcall.client.Login;
import io.rollcall.client.RawSocket;
import io.rollcall.client.Socket;
import io.rollcall.document.SchemaCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing and watching over one WebSocket. */
class SocketIT {
    private static final String BUSY = "{\"state\":\"busy\"}";

    private final Client service = Client.as("service");
    private final Client bob = Client.as("bob");
    private final String account = Client.newAccount();

    @Test
    void login_modify_refresh_and_logout_are_each_answered_with_their_ref() {
        try (Socket socket = service.socket()) {
            JsonNode login = socket.ask("login", forAccount() + ",\"state\":\"online\",\"expires\":120");
            assertThat(login.path("status").asInt()).isEqualTo(201);
            assertThat(login.path("expires").asInt()).isEqualTo(120);
            assertThat(state()).isEqualTo("online");

            JsonNode modify = socket.ask("modify", of(login) + ",\"state\":\"busy\",\"note\":\"Until 3\"");
            assertThat(modify.path("status").asInt()).isEqualTo(200);
            assertThat(modify.path("tuple")).isEqualTo(login.path("tuple"));
            assertThat(modify.path("etag")).isNotEqualTo(login.path("etag"));
            assertThat(state()).isEqualTo("busy");

            JsonNode refresh = socket.ask("refresh", of(modify));
            assertThat(refresh.path("status").asInt()).isEqualTo(200);
            assertThat(refresh.path("etag")).isNotEqualTo(modify.path("etag"));

            JsonNode logout = socket.ask("logout", of(refresh));
            assertThat(logout.path("status").asInt()).isEqualTo(204);
            assertThat(state()).isEqualTo("offline");
        }
    }

    @Test
    void over_tls_too() {
        try (Socket socket = Client.as("service", Client.SECURE).socket()) {
            assertThat(socket.ask("subscribe", accounts(account)).path("status").asInt()).isEqualTo(200);

            socket.ask("login", forAccount() + ",\"state\":\"busy\"");

            assertThat(socket.nextPresence(account).path("state").asText()).isEqualTo("busy");
        }
    }

    @Test
    void the_tag_may_stand_in_its_quotes_and_pidf_in_a_string() {
        Login login = service.login(account, BUSY);
        String pidf = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:" + account
                + "'><tuple id='a'><status><basic>closed</basic></status></tuple></presence>";
        try (Socket socket = service.socket()) {
            JsonNode answer = socket.ask(
                    "modify",
                    forAccount() + ",\"tuple\":\"" + login.tuple() + "\",\"etag\":\""
                            + login.etag().replace("\"", "\\\"") + "\",\"pidf\":\"" + pidf + '"');

            assertThat(answer.path("status").asInt()).isEqualTo(200);
            assertThat(state()).isEqualTo("offline");
        }
    }

    @Test
    void a_presentity_logged_in_over_http_goes_on_over_the_socket_and_back() {
        Login login = service.login(account, BUSY);
        try (Socket socket = service.socket()) {
            JsonNode modified = socket.ask(
                    "modify",
                    forAccount() + ",\"tuple\":\"" + login.tuple() + "\",\"etag\":\""
                            + login.etag().replace("\"", "") + "\",\"state\":\"away\"");

            Answer stored = service.get(login.path()).is(200);
            assertThat(stored.header("ETag")).isEqualTo('"' + modified.path("etag").asText() + '"');
            login.tryModify(BUSY).isProblem(412, "condition-failed");
        }
    }

    @Test
    void accounts_that_are_watched_already_do_not_count_again() {
        String many = accounts(IntStream.range(0, 600).mapToObj(i -> "m" + i + '-' + account).toArray(String[]::new));
        String more = accounts(IntStream.range(0, 401).mapToObj(i -> "n" + i + '-' + account).toArray(String[]::new));
        try (Socket socket = bob.socket()) {
            assertThat(socket.ask("subscribe", many).path("status").asInt()).isEqualTo(200);
            assertThat(socket.ask("subscribe", many).path("status").asInt()).isEqualTo(200);
            assertThat(socket.ask("subscribe", more).path("status").asInt()).isEqualTo(400);
        }
    }

    @Test
    void subscribe_shows_the_present_state_then_each_change() {
        Login login = service.login(account, BUSY);
        try (Socket socket = bob.socket()) {
            assertThat(socket.ask("subscribe", accounts(account)).path("status").asInt()).isEqualTo(200);
            JsonNode first = socket.nextPresence(account);
            assertThat(first.path("state").asText()).isEqualTo("busy");

            login = login.modify("{\"state\":\"away\"}");
            assertThat(socket.nextPresence(account).path("state").asText()).isEqualTo("away");

            login.logout();
            JsonNode last = socket.nextPresence(account);
            assertThat(last.path("state").asText()).isEqualTo("offline");
            assertThat(last.path("version").asLong()).isGreaterThan(first.path("version").asLong());
        }
    }

    @Test
    void after_unsubscribe_nothing_of_the_account_comes() {
        String other = Client.newAccount();
        Login login = service.login(account, BUSY);
        Login marker = service.login(other, BUSY);
        try (Socket socket = bob.socket()) {
            socket.ask("subscribe", accounts(account, other));
            socket.nextPresence(account);
            socket.nextPresence(other);

            assertThat(socket.ask("unsubscribe", accounts(account)).path("status").asInt()).isEqualTo(200);
            login.modify("{\"state\":\"away\"}");
            marker.modify("{\"state\":\"away\"}");

            JsonNode next = socket.next(message -> message.path("type").asText().equals("presence"));
            assertThat(next.path("account").asText()).isEqualTo(other);
        }
    }

    @Test
    void pending_and_blocked_are_told_as_subscription_messages() {
        Client admin = Client.as("admin");
        service.login(account, BUSY);
        try (Socket socket = Client.as("zoe").socket()) {
            socket.ask("subscribe", accounts(account));
            assertThat(subscription(socket).path("state").asText()).isEqualTo("pending");

            admin.decide(account, "zoe@partner.example", "allow");
            assertThat(subscription(socket).path("state").asText()).isEqualTo("active");
            assertThat(socket.nextPresence(account).path("state").asText()).isEqualTo("busy");

            admin.decide(account, "zoe@partner.example", "block");
            assertThat(subscription(socket).path("reason").asText()).isEqualTo("rejected");
        }
    }

    @Test
    void format_pidf_gives_valid_pidf() {
        service.login(account, BUSY);
        try (Socket socket = bob.socket("?format=pidf")) {
            socket.ask("subscribe", accounts(account));

            String pidf = socket.nextPresence(account).path("pidf").asText();

            assertThat(SchemaCheck.valid(pidf)).contains("pres:" + account);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "login | \"account\":\"alice@example.com\",\"state\":\"busy\" | 403 | forbidden",
                "login | \"state\":\"gone\" | 400 | invalid-document",
                "login | \"account\":\"nobody\",\"state\":\"busy\" | 400 | invalid-request",
                "login | \"state\":\"busy\",\"expires\":0 | 400 | interval-too-brief",
                "login | '' | 400 | invalid-request",
                "modify | \"tuple\":\"t1\",\"state\":\"busy\" | 428 | condition-required",
                "modify | \"tuple\":\"t1\",\"etag\":\"x\",\"state\":\"busy\" | 404 | not-found",
                "modify | \"etag\":\"x\",\"state\":\"busy\" | 400 | invalid-request",
                "refresh | \"tuple\":\"t1\",\"etag\":\"x\" | 404 | not-found",
                "logout | \"tuple\":\"t1\",\"etag\":\"x\" | 404 | not-found",
                "subscribe | '' | 400 | invalid-request",
                "subscribe | \"accounts\":[\"nobody\"] | 400 | invalid-request",
                "dance | '' | 400 | invalid-request",
            })
    void what_cannot_be_done_is_answered_with_a_problem(String type, String members, int status, String problem) {
        try (Socket socket = bob.socket()) {
            JsonNode answer = socket.ask(type, members);

            assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(status);
            assertThat(answer.path("problem").path("type").asText()).isEqualTo("urn:rollcall:problem:" + problem);
            assertThat(answer.path("problem").path("status").asInt()).isEqualTo(status);
            assertThat(answer.path("problem").path("detail").asText()).isNotBlank();
        }
    }

    @Test
    void a_stale_tag_is_412() {
        Login login = service.login(account, BUSY);
        login.refresh();
        try (Socket socket = service.socket()) {
            JsonNode answer = socket.ask(
                    "modify",
                    forAccount() + ",\"tuple\":\"" + login.tuple() + "\",\"etag\":\""
                            + login.etag().replace("\"", "") + "\",\"state\":\"away\"");

            assertThat(answer.path("status").asInt()).isEqualTo(412);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "null", "7", "{\"type\":", "{\"type\":7}", "{\"type\":\"login\"} x",
        "{\"accounts\":[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]}", "{\"ref\":{},\"type\":\"login\"}"})
    void a_message_that_is_none_is_answered_and_the_connection_goes_on(String message) {
        try (Socket socket = bob.socket()) {
            socket.send(message);

            JsonNode answer = socket.next(any -> any.path("type").asText().equals("answer"));
            assertThat(answer.path("status").asInt()).isEqualTo(400);
            assertThat(answer.path("problem").path("detail").asText()).isNotBlank().doesNotContain("Exception");
            assertThat(socket.ask("subscribe", accounts(account)).path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void rfc6455_7_4_1_a_message_over_the_limit_closes_the_connection_and_harms_no_other() throws IOException {
        try (RawSocket large = RawSocket.webSocket("bob");
                Socket other = bob.socket()) {
            // its head is enough: the rest is not waited for
            large.write(ByteBuffer.allocate(14).put((byte) 0x81).put((byte) 0xff).putLong(200_000).array());

            assertThat(large.closeCode()).isEqualTo(1009);
            assertThat(other.ask("subscribe", accounts(account)).path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void rfc6455_5_1_a_client_that_breaks_the_protocol_is_closed_with_1002() throws IOException {
        try (RawSocket unmasked = RawSocket.webSocket("bob")) {
            unmasked.write(new byte[] {(byte) 0x81, 2, '{', '}'});
            assertThat(unmasked.closeCode()).isEqualTo(1002);
        }
        try (RawSocket binary = RawSocket.webSocket("bob")) {
            binary.write(new byte[] {(byte) 0x82, (byte) 0x80, 0, 0, 0, 0});
            assertThat(binary.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void rfc6455_7_1_1_the_server_closes_the_connection_and_waits_for_no_client() throws IOException {
        try (RawSocket leaving = RawSocket.webSocket("bob");
                RawSocket binary = RawSocket.webSocket("bob")) {
            leaving.write(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe8});
            assertThat(leaving.closeCode()).isEqualTo(1000);
            assertThat(leaving.rest()).isEmpty();

            binary.write(new byte[] {(byte) 0x82, (byte) 0x80, 0, 0, 0, 0});
            assertThat(binary.closeCode()).isEqualTo(1003);
            assertThat(binary.rest()).isEmpty();
        }
    }

    @Test
    void rfc6455_8_1_text_that_is_not_utf_8_closes_the_connection_with_1007() throws IOException {
        try (RawSocket broken = RawSocket.webSocket("bob")) {
            broken.write(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, (byte) 0xff});
            assertThat(broken.closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void rfc6455_4_2_what_is_no_handshake_is_told_how_to_upgrade() {
        Answer answer = bob.get("/api/socket");

        answer.isProblem(426, "upgrade-required");
        assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
    }

    @Test
    void many_requests_sent_at_once_are_all_answered() {
        try (Socket socket = service.socket()) {
            for (int i = 0; i < 20; i++) {
                socket.send("{\"type\":\"login\",\"ref\":" + i + "," + forAccount() + ",\"state\":\"online\"}");
            }
            for (int i = 0; i < 20; i++) {
                String ref = String.valueOf(i);
                JsonNode answer = socket.next(message -> message.path("ref").asText().equals(ref));
                assertThat(answer.path("status").asInt()).isEqualTo(201);
            }
        }
        assertThat(bob.get(Client.presence(account)).json().path("tuples")).hasSize(20);
    }

    @Test
    void a_client_that_vanishes_is_forgotten_and_its_successor_is_served() {
        Login login = service.login(account, BUSY);
        try (Socket vanishing = bob.socket()) {
            vanishing.ask("subscribe", accounts(account));
        }
        try (Socket socket = bob.socket()) {
            socket.ask("subscribe", accounts(account));
            socket.nextPresence(account);
            login.modify("{\"state\":\"away\"}");
            assertThat(socket.nextPresence(account).path("state").asText()).isEqualTo("away");
        }
    }

    @Test
    void a_client_that_does_not_read_delays_no_other() throws IOException {
        Login login = service.login(account, BUSY);
        try (RawSocket stuck = RawSocket.webSocket("carol", "?format=pidf");
                Events events = bob.watch(account)) {
            stuck.writeText("{\"type\":\"subscribe\",\"accounts\":[\"" + account + "\"]}");
            for (int i = 0; i < 150; i++) {
                login = LargeDocument.publish(login, i);
            }
            long start = System.nanoTime();
            login.modify("{\"state\":\"away\"}");
            events.untilState("away");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static JsonNode subscription(Socket socket) {
        return socket.next(message -> message.path("type").asText().equals("subscription"));
    }

    private String state() {
        return bob.get(Client.presence(account)).json().path("state").asText();
    }

    private String forAccount() {
        return "\"account\":\"" + account + '"';
    }

    private String of(JsonNode answer) {
        return forAccount() + ",\"tuple\":" + answer.path("tuple") + ",\"etag\":" + answer.path("etag");
    }

    private static String accounts(String... accounts) {
        return "\"accounts\":[\"" + String.join("\",\"", accounts) + "\"]";
    }
}
