package io.rollcall.notification;

import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.LargeDocument;
import io.rollcall.client.Login;
import io.rollcall.client.Relay;
import io.rollcall.client.Socket;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Watchers who are gone without a word, as behind a network that fails: their connections look open for ever. */
class HalfOpenIT {
    private static final String ALICE = "alice@example.com";
    private static final String ONLINE = "{\"state\":\"online\"}";
    /** More than the system takes for one who does not read. */
    private static final int MUCH = 20;

    private final Client service = Client.as("service");

    @Test
    @DisplayName("RFC 6455 §5.5.2: who answers no ping is gone, and the owner is told that it watches no more")
    void a_socket_that_is_silent_is_ended() {
        try (Relay network = Relay.to(Client.SERVER);
                Events owner = Client.as("alice").watch(ALICE);
                Socket socket = Client.as("bob", network.url()).socket()) {
            socket.ask("subscribe", "\"accounts\":[\"" + ALICE + "\"]");
            untilWatcher(owner, "bob@example.com", "active");

            network.freeze();

            untilWatcher(owner, "bob@example.com", "terminated");
        }
    }

    @Test
    void a_stream_that_takes_nothing_is_ended() {
        Login login = service.login(ALICE, ONLINE);
        try (Relay network = Relay.to(Client.SERVER);
                Events owner = Client.as("alice").watch(ALICE);
                Events stream = Client.as("carol", network.url()).watchPidf(ALICE)) {
            stream.next();
            untilWatcher(owner, "carol@example.com", "active");

            network.freeze();
            for (int i = 0; i < MUCH; i++) {
                login = LargeDocument.publish(login, i);
            }

            untilWatcher(owner, "carol@example.com", "terminated");
        } finally {
            login.logout();
        }
    }

    private static void untilWatcher(Events owner, String watcher, String status) {
        owner.until(event -> event.name().equals("watchers")
                && StreamSupport.stream(event.json().path("watchers").spliterator(), false)
                        .anyMatch(one -> one.path("watcher").asText().equals(watcher)
                                && one.path("status").asText().equals(status)));
    }
}
