package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.ServerProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that is told to forget soon. */
class RetentionIT {
    private static final String ONLINE = "{\"state\":\"online\"}";

    @Test
    void when_an_account_was_last_seen_is_forgotten_and_the_account_if_that_was_all() {
        try (ServerProcess server = ServerProcess.start(
                "rollcall-retention",
                Map.of("ROLLCALL_RETENTION_LAST_SEEN", "PT1S", "ROLLCALL_RETENTION_SWEEP", "PT1S"))) {
            Client service = Client.as("service", server.url());
            Client admin = Client.as("admin", server.url());
            Client bob = Client.as("bob", server.url());
            String nothingElse = Client.newAccount();
            String decided = Client.newAccount();
            String live = Client.newAccount();
            admin.decide(decided, "carol@example.com", "block");
            service.login(live, ONLINE);
            service.login(nothingElse, ONLINE).logout();
            service.login(decided, ONLINE).logout();

            Await.until("it is gone", () -> bob.get(Client.presence(nothingElse)).status() == 404);
            Await.until("it is not known when it was seen", () -> bob.get(Client.presence(decided))
                    .is(200)
                    .json()
                    .path("lastSeen")
                    .isNull());
            bob.get(Client.presence(live)).is(200);
            Client.as("carol", server.url()).get(Client.presence(decided)).isProblem(403, "blocked");
            try (Events events = bob.watch(decided)) {
                Event present = events.next();
                assertThat(present.state()).isEqualTo("offline");
            }
        }
    }
}
