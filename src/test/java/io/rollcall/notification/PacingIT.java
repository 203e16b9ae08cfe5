package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.client.Socket;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacingIT {
    private static final String ONLINE = "{\"state\":\"online\"}";

    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final Client bob = Client.as("bob");
    private final String account = Client.newAccount();

    private void publishMany(Login login, String last) {
        Login now = login;
        for (int i = 0; i < 10; i++) {
            now = now.modify("{\"state\":\"busy\",\"note\":\"" + i + "\"}");
        }
        now.modify("{\"state\":\"" + last + "\"}");
    }

    @Test
    @DisplayName("RFC 6446 §5.2: the first state at once, then the newest at the end of the window")
    void events_come_as_often_as_is_wished() {
        Login login = service.login(account, ONLINE);
        try (Events all = bob.watch(account);
                Events paced = bob.watchAtMost("0.25", account)) {
            assertThat(paced.next().state()).isEqualTo("online");
            long first = System.nanoTime();

            publishMany(login, "away");
            all.untilState("away");
            assertThat(paced.next().state()).isEqualTo("away");

            assertThat(Duration.ofNanos(System.nanoTime() - first)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(8));
            assertThat(paced.all()).extracting(Event::state).containsExactly("online", "away");
        }
    }

    @Test
    void a_change_of_the_subscription_is_not_delayed() {
        service.login(account, ONLINE);
        try (Events paced = bob.watchAtMost("0.01", account)) {
            paced.next();
            Client.as("admin").decide(account, "bob@example.com", "confirm");
            assertThat(paced.next().state()).isEqualTo("pending");
            Client.as("admin").decide(account, "bob@example.com", "allow");
            assertThat(paced.next().state()).isEqualTo("active");
            assertThat(paced.next().state()).isEqualTo("online");
        }
    }

    @Test
    void what_was_held_back_is_not_lost_to_one_who_comes_back() {
        String other = Client.newAccount();
        Login login = service.login(account, ONLINE);
        Login others = service.login(other, ONLINE);
        String seen;
        try (Events paced = bob.watchAtMost("0.01", account, other)) {
            paced.next();
            paced.next();
            login.modify("{\"state\":\"busy\"}");
            // what is urgent goes out with an id while the other is held back
            Client.as("admin").decide(other, "bob@example.com", "polite-block");
            others.modify("{\"state\":\"busy\"}");
            Client.as("admin").decide(other, "bob@example.com", "confirm");
            Client.as("admin").decide(other, "bob@example.com", "allow");
            Event urgent = paced.until(event -> event.isPresence() && event.state().equals("busy"));
            assertThat(urgent.account()).isEqualTo(other);
            seen = urgent.id();
        }
        try (Events back = bob.resume(seen, account, other)) {
            back.until(event -> event.account().equals(account) && event.state().equals("busy"));
        }
    }

    @Test
    void a_web_socket_wishes_it_with_each_subscription() {
        Login login = service.login(account, ONLINE);
        try (Socket socket = bob.socket();
                Events all = bob.watch(account)) {
            assertThat(socket.ask("subscribe", "\"accounts\":[\"" + account + "\"],\"maxRate\":0.25")
                            .path("status")
                            .asInt())
                    .isEqualTo(200);
            assertThat(socket.nextPresence(account).path("state").asText()).isEqualTo("online");

            publishMany(login, "away");
            all.untilState("away");

            assertThat(socket.nextPresence(account).path("state").asText()).isEqualTo("away");
            assertThat(socket.ask("subscribe", "\"accounts\":[\"" + account + "\"],\"maxRate\":\"often\"")
                            .path("status")
                            .asInt())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "often", "1e9", "%00"})
    void what_is_no_rate_is_400(String maxRate) {
        bob.get(Client.query("/api/events", account) + "&maxRate=" + maxRate).isProblem(400, "invalid-request");
    }

    @Test
    void who_publishes_too_often_is_told_when_to_come_back_and_refreshes_and_words_count() {
        Login login = service.login(account, ONLINE);
        String refresh = "{\"type\":\"refresh\",\"ref\":\"flood\",\"account\":\"" + account + "\",\"tuple\":\""
                + login.tuple() + "\",\"etag\":\"*\"}";
        try (Socket socket = service.socket()) {
            Await.until("all paths refuse", () -> {
                for (int i = 0; i < 300; i++) {
                    socket.send(refresh);
                }
                Answer answer = service.put(login.path(), Client.JSON, "", "If-Match", "*");
                if (answer.status() == 429) {
                    answer.isProblem(429, "too-many-requests");
                    assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
                }
                Answer word = admin.put("/api/accounts/" + account + "/preferred", Client.JSON, "{\"note\":\"Busy\"}");
                return answer.status() == 429 && word.status() == 429;
            });
            assertThat(socket.next(answer -> answer.path("status").asInt() == 429)
                            .path("problem")
                            .path("retryAfter")
                            .asInt())
                    .isPositive();
            String other = Client.newAccount();
            service.login(other, ONLINE);
            service.delete(login.path(), "If-Match", "*").is(204);
        }
    }
}
