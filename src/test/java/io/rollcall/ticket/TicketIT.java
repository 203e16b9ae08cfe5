package io.rollcall.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.RawSocket;
import io.rollcall.client.Socket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watching with a ticket instead of a header. */
class TicketIT {
    private static final String BUSY = "{\"state\":\"busy\"}";

    private final Client nobody = Client.nobody();
    private final String account = Client.newAccount();

    @Test
    void a_ticket_is_given_to_who_is_signed_in_for_seconds_and_kept_by_no_cache() {
        Answer answer = Client.as("bob").post("/api/tickets", Client.JSON, "").is(201);

        assertThat(answer.json().path("ticket").asText()).hasSizeGreaterThan(40);
        assertThat(answer.json().path("expires").asInt()).isEqualTo(30);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        nobody.post("/api/tickets", Client.JSON, "").isProblem(401, "not-signed-in");
    }

    @Test
    void it_opens_a_stream_as_its_holder_without_any_header() {
        Client.as("service").login(account, BUSY);
        Client.as("admin").decide(account, "bob@example.com", "polite-block");

        try (Events bob = nobody.stream("/api/events?account=" + account + "&ticket=" + ticketOf("bob"));
                Events carol = nobody.stream("/api/events?account=" + account + "&ticket=" + ticketOf("carol"))) {
            assertThat(bob.next().state()).isEqualTo("offline");
            assertThat(carol.next().state()).isEqualTo("busy");
        }
    }

    @Test
    void it_opens_the_stream_of_a_list_of_its_holder() {
        Client.as("service").login(account, BUSY);
        Client bob = Client.as("bob");
        String list = bob.post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + account + "\"]}")
                .is(201)
                .header("Location")
                .substring(Client.SERVER.length());

        try (Events events = nobody.stream(list + "/events?ticket=" + ticketOf("bob"))) {
            assertThat(events.next().state()).isEqualTo("busy");
        }
        nobody.get(list + "/events?ticket=" + ticketOf("carol")).isProblem(404, "not-found");
        nobody.get(list + "?ticket=" + ticketOf("bob")).isProblem(401, "not-signed-in");
        nobody.get("/api/subscriptions?ticket=" + ticketOf("bob")).isProblem(401, "not-signed-in");
        nobody.delete(list + "?ticket=" + ticketOf("bob")).isProblem(401, "not-signed-in");
        bob.delete(list).is(204);
    }

    @Test
    void the_body_of_a_request_that_nobody_signed_is_not_waited_for() throws IOException {
        String head = "POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\n";

        try (RawSocket socket = RawSocket.send(head.getBytes(StandardCharsets.US_ASCII))) {
            assertThat(socket.status()).isEqualTo(401);
        }
    }

    @Test
    void it_opens_a_socket_that_may_do_what_its_holder_may() {
        try (Socket socket = nobody.socket("?ticket=" + ticketOf("service"))) {
            assertThat(socket.ask("login", "\"account\":\"" + account + "\",\"state\":\"busy\"").path("status").asInt())
                    .isEqualTo(201);
        }
        try (Socket socket = nobody.socket("?ticket=" + ticketOf("bob"))) {
            JsonNode refused = socket.ask("login", "\"account\":\"" + account + "\",\"state\":\"busy\"");
            assertThat(refused.path("status").asInt()).isEqualTo(403);
        }
    }

    @Test
    void it_is_good_once() {
        Client.as("service").login(account, BUSY);
        String path = "/api/events?account=" + account + "&ticket=" + ticketOf("bob");
        try (Events events = nobody.stream(path)) {
            assertThat(events.next().state()).isEqualTo("busy");
        }

        nobody.get(path).isProblem(401, "not-signed-in");
    }

    @Test
    void of_many_who_come_with_it_at_once_one_is_let_in() {
        // no key of a WebSocket: who is let in is told to bring one
        String path = "/api/socket?ticket=" + ticketOf("bob");
        List<CompletableFuture<Answer>> answers = Stream.generate(() -> Client.sendAsync(nobody.request(path).GET()))
                .limit(20)
                .toList();

        assertThat(answers.stream().map(answer -> answer.join().status()).toList())
                .containsOnlyOnce(426)
                .containsOnly(401, 426);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "' or '1'='1", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void what_is_no_ticket_is_refused_whoever_else_the_request_is_from(String ticket) {
        String query = "ticket=" + ticket.replace(" ", "%20") + "&account=" + account;

        Client.as("bob").get("/api/events?" + query).isProblem(401, "not-signed-in");
        nobody.get("/api/socket?" + query).isProblem(401, "not-signed-in");
    }

    @Test
    void it_is_good_for_nothing_else() {
        nobody.get("/api/me?ticket=" + ticketOf("bob")).isProblem(401, "not-signed-in");
        nobody.post("/api/tickets?ticket=" + ticketOf("bob"), Client.JSON, "").isProblem(401, "not-signed-in");
    }

    @Test
    void it_is_told_to_its_account_and_goes_with_it() {
        Client zoe = Client.as("zoe");
        String ticket = ticketOf("zoe");
        assertThat(zoe.get("/api/accounts/zoe@partner.example/export").is(200).json().path("tickets")).isNotEmpty();

        zoe.delete("/api/accounts/zoe@partner.example").is(204);

        nobody.get("/api/socket?ticket=" + ticket).isProblem(401, "not-signed-in");
    }

    @Test
    void nobody_has_very_many_at_once() {
        Client dave = Client.as("dave");
        Answer last = null;
        for (int i = 0; i <= 100; i++) {
            last = dave.post("/api/tickets", Client.JSON, "");
        }

        assertThat(last.isProblem(429, "too-many-requests").header("Retry-After")).isEqualTo("30");
        Client.as("bob").post("/api/tickets", Client.JSON, "").is(201);
    }

    private static String ticketOf(String name) {
        return Client.as(name).post("/api/tickets", Client.JSON, "").is(201).json().path("ticket").asText();
    }
}
