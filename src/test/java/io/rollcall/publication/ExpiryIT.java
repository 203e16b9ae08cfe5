package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Publications end unless they are refreshed (RFC 3903 §6.4). */
class ExpiryIT {
    private static final String ONLINE = "{\"state\":\"online\"}";
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Client service = Client.as("service");
    private final Client bob = Client.as("bob");
    private final String account = Client.newAccount();

    @Test
    void what_is_not_refreshed_ends_within_five_seconds_and_watchers_are_told() {
        Login login = service.login(account, ONLINE, "?expires=1");
        Instant due = Instant.parse(login.answer().json().path("expiresAt").asText());
        try (Events events = bob.watch(account)) {
            assertThat(events.next().state()).isEqualTo("online");

            Event ended = events.next();

            assertThat(ended.state()).isEqualTo("offline");
            assertThat(Instant.now()).isBetween(due, due.plus(SOON));
            assertThat(ended.json().path("lastSeen").isNull()).isFalse();
            service.get(login.path()).isProblem(404, "not-found");
            login.tryRefresh().isProblem(404, "not-found");
        }
    }

    @Test
    void what_is_refreshed_in_time_goes_on() {
        Login refreshed = service.login(account, ONLINE, "?expires=1").refresh();
        Login marker = service.login(Client.newAccount(), ONLINE, "?expires=1");
        try (Events events = bob.watch(account, marker.account())) {
            events.until(event -> event.account().equals(marker.account()) && event.state().equals("offline"));

            service.get(refreshed.path()).is(200);
            assertThat(events.all())
                    .filteredOn(event -> event.account().equals(account))
                    .extracting(Event::state)
                    .containsExactly("online");
        }
    }

    @Test
    void a_modify_renews_the_expiry_too() {
        Login login = service.login(account, ONLINE, "?expires=1").modify("{\"state\":\"busy\"}");

        assertThat(login.answer().json().path("expires").asInt()).isEqualTo(3600);
        assertThat(Instant.parse(login.answer().json().path("expiresAt").asText()))
                .isAfter(Instant.now().plusSeconds(3500));
    }

    @Test
    void a_refresh_may_shorten_the_expiry() {
        Login login = service.login(account, ONLINE);

        service.put(login.path() + "?expires=1", Client.JSON, "", "If-Match", login.etag()).is(200);

        Await.until("the presentity ended", SOON.plusSeconds(1), () -> service.get(login.path()).status() == 404);
    }

    @Test
    void an_expiry_ends_one_presentity_and_touches_no_other() {
        Login stays = service.login(account, ONLINE);
        Login ends = service.login(account, "{\"state\":\"busy\"}", "?expires=1");
        try (Events events = bob.watch(account)) {
            assertThat(events.next().state()).isEqualTo("busy");

            Event after = events.next();

            assertThat(after.state()).isEqualTo("online");
            assertThat(after.json().path("person").path("tuple").asText()).isEqualTo(stays.tuple());
            assertThat(after.json().path("tuples").findValuesAsText("id")).containsExactly(stays.tuple());
            assertThat(after.json().path("lastSeen").isNull()).isTrue();
            assertThat(service.get(ends.path()).status()).isEqualTo(404);
        }
    }

    @Test
    void an_expiry_is_announced_once() {
        service.login(account, ONLINE, "?expires=1");
        Login marker = service.login(Client.newAccount(), ONLINE, "?expires=3");
        try (Events events = bob.watch(account, marker.account())) {
            events.until(event -> event.account().equals(marker.account()) && event.state().equals("offline"));

            assertThat(events.all())
                    .filteredOn(event -> event.account().equals(account))
                    .extracting(Event::state)
                    .containsExactly("online", "offline");
        }
    }
}
