package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.client.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrivacyIT {
    private static final String BUSY = "{\"state\":\"busy\",\"note\":\"Mine\"}";

    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final Client bob = Client.as("bob");
    private final String account = Client.newAccount();
    private final String path = "/api/accounts/" + account;

    @Test
    void an_export_holds_all_that_is_stored_about_an_account() {
        Login login = service.login(account, BUSY);
        admin.put(path + "/preferred", Client.JSON, "{\"note\":\"My own\"}").is(200);
        admin.decide(account, "zoe@partner.example", "block");
        try (Events events = bob.watch(account)) {
            events.next();
            Await.until("bob is recorded", () -> !export().path("subscriptions").path("watchers").isEmpty());

            Answer answer = admin.get(path + "/export").is(200);

            assertThat(answer.header("Content-Disposition")).startsWith("attachment");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            JsonNode export = answer.json();
            assertThat(export.path("account").asText()).isEqualTo(account);
            assertThat(export.path("version").asLong()).isEqualTo(3);
            JsonNode presentity = export.path("presentities").path(0);
            assertThat(presentity.path("presentity").path("id").asText()).isEqualTo(login.tuple());
            assertThat(presentity.path("document").asText()).contains("Mine");
            assertThat(export.path("preferred").path("note").asText()).isEqualTo("My own");
            assertThat(export.path("authorizations").toString()).contains("zoe@partner.example", "block");
            assertThat(export.path("subscriptions").path("watchers").path(0).path("watcher").asText())
                    .isEqualTo("bob@example.com");
        }
    }

    @Test
    void an_export_holds_those_whose_lists_name_the_account_or_its_group() {
        Client dave = Client.as("dave");
        List<String> lists = Stream.of("{\"accounts\":[\"" + account + "\"]}", "{\"groups\":[\"sales\"]}")
                .map(list -> dave.post("/api/subscriptions", Client.JSON, list).is(201).header("Location"))
                .map(location -> location.substring(Client.SERVER.length()))
                .toList();

        for (String watched : List.of(account, "alice@example.com")) {
            JsonNode watchers = admin.get("/api/accounts/" + watched + "/export").json().path("subscriptions").path("watchers");
            assertThat(watchers)
                    .anySatisfy(watcher -> {
                        assertThat(watcher.path("watcher").asText()).isEqualTo("dave@example.com");
                        assertThat(watcher.path("status").asText()).isEqualTo("active");
                        assertThat(watcher.path("expires").asText()).isNotEmpty();
                    });
        }
        lists.forEach(list -> dave.delete(list).is(204));
    }

    @Test
    void the_lists_and_wishes_of_a_watcher_are_its_own() {
        Client carol = Client.as("carol");
        String list = carol.post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + account + "\"]}")
                .is(201)
                .header("Location")
                .substring(Client.SERVER.length());

        JsonNode export = carol.get("/api/accounts/carol@example.com/export").is(200).json();

        assertThat(export.path("subscriptions").path("lists").findValuesAsText("account")).contains(account);
        carol.delete("/api/accounts/carol@example.com").is(204);
        carol.get(list).isProblem(404, "not-found");
        assertThat(carol.get("/api/accounts/carol@example.com/export").json().path("subscriptions").path("lists"))
                .isEmpty();
    }

    @Test
    void an_account_that_is_erased_is_gone_for_all_who_watch() {
        Login login = service.login(account, BUSY);
        admin.put(path + "/preferred", Client.JSON, "{\"outOfOffice\":true}").is(200);
        try (Events events = bob.watch(account);
                Socket socket = bob.socket()) {
            events.next();
            socket.ask("subscribe", "\"accounts\":[\"" + account + "\"]");
            socket.nextPresence(account);

            admin.delete(path).is(204);

            Event gone = events.next();
            assertThat(gone.name()).isEqualTo("subscription");
            assertThat(gone.json().path("state").asText()).isEqualTo("terminated");
            assertThat(gone.json().path("reason").asText()).isEqualTo("noresource");
            socket.next(message -> message.path("reason").asText().equals("noresource"));
            bob.get(Client.presence(account)).isProblem(404, "not-found");
            service.get(login.path()).isProblem(404, "not-found");
            login.tryRefresh().isProblem(404, "not-found");
            login.tryModify(BUSY).isProblem(404, "not-found");
            JsonNode left = export();
            assertThat(left.path("presentities")).isEmpty();
            assertThat(left.path("preferred").isNull()).isTrue();
            assertThat(left.path("authorizations").path("rules")).isEmpty();
            admin.delete(path).is(204);
        }
    }

    @Test
    void an_account_that_comes_back_goes_on_with_its_versions_and_without_its_old_rules() {
        service.login(account, BUSY);
        admin.decide(account, "bob@example.com", "block");
        long version = export().path("version").asLong();
        admin.delete(path).is(204);

        service.login(account, BUSY);

        JsonNode back = bob.get(Client.presence(account)).is(200).json();
        assertThat(back.path("version").asLong()).isGreaterThan(version);
        admin.decide(account, "carol@example.com", "block");
        bob.get(Client.presence(account)).is(200);
        Client.as("carol").get(Client.presence(account)).isProblem(403, "blocked");
        admin.delete(path).is(204);
        service.login(account, BUSY).logout();
        assertThat(export().path("version").asLong()).isGreaterThan(back.path("version").asLong() + 2);
    }

    @Test
    void a_person_of_the_directory_is_offline_afterwards() {
        service.login("dave@example.com", BUSY);
        try (Events events = bob.watch("dave@example.com")) {
            long before = events.untilState("busy").version();

            Client.as("dave").delete("/api/accounts/dave@example.com").is(204);

            Event offline = events.untilState("offline");
            assertThat(offline.version()).isGreaterThan(before);
            assertThat(offline.json().path("lastSeen").isNull()).isTrue();
        }
    }

    @Test
    void only_the_owner_and_administrators_export_and_erase() {
        service.login(account, BUSY);

        bob.get(path + "/export").isProblem(403, "forbidden");
        bob.delete(path).isProblem(403, "forbidden");
        service.get(path + "/export").isProblem(403, "forbidden");
        service.delete(path).isProblem(403, "forbidden");
        Client.nobody().get(path + "/export").is(401);
        Client.nobody().delete(path).is(401);
        admin.get("/api/accounts/nobody/export").isProblem(400, "invalid-request");
        admin.delete("/api/accounts/nobody").isProblem(400, "invalid-request");
        bob.get(Client.presence(account)).is(200);
        assertThat(admin.post(path, Client.JSON, "{}").status()).isEqualTo(405);
    }

    private JsonNode export() {
        return admin.get(path + "/export").is(200).json();
    }
}
