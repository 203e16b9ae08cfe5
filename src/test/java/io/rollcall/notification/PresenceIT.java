package io.rollcall.notification;

import static io.rollcall.client.Client.JSON;
import static io.rollcall.client.Client.PIDF;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Login;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presence for whoever asks once. */
class PresenceIT {
    private static final String ONLINE = "{\"state\":\"online\",\"device\":\"laptop\"}";
    private static final String BUSY = "{\"state\":\"busy\",\"activities\":[\"meeting\"],\"note\":\"Until 3\"}";

    private final Client service = Client.as("service");
    private final Client bob = Client.as("bob");
    private final String account = Client.newAccount();

    @Test
    void a_document_tells_of_each_presentity_and_of_the_person() {
        Login laptop = service.login(account, ONLINE);
        Login phone = service.login(account, BUSY);

        JsonNode seen = bob.get(Client.presence(account)).is(200).json();

        assertThat(seen.path("account").asText()).isEqualTo(account);
        assertThat(seen.path("state").asText()).isEqualTo("busy");
        assertThat(seen.path("person").path("tuple").asText()).isEqualTo(phone.tuple());
        assertThat(seen.path("person").path("activities").path(0).asText()).isEqualTo("meeting");
        assertThat(seen.path("tuples").findValuesAsText("id")).containsExactly(laptop.tuple(), phone.tuple());
        assertThat(seen.path("tuples").path(0).path("device").asText()).isEqualTo("laptop");
        assertThat(seen.path("lastSeen").isNull()).isTrue();
    }

    @Test
    void the_latest_login_speaks_for_the_person_not_the_latest_change() {
        Login first = service.login(account, ONLINE);
        Login second = service.login(account, BUSY);
        first.modify("{\"state\":\"away\"}");

        assertThat(person()).isEqualTo(second.tuple());
        second.logout();
        assertThat(person()).isEqualTo(first.tuple());
    }

    @Test
    void version_grows_by_one_with_every_change() {
        Login login = service.login(account, ONLINE);
        assertThat(version()).isEqualTo(1);
        login = login.modify(BUSY);
        assertThat(version()).isEqualTo(2);
        login = login.refresh().modify(BUSY);
        assertThat(version()).isEqualTo(2);
        login.logout();
        assertThat(version()).isEqualTo(3);
    }

    @Test
    void an_account_without_live_presentities_is_offline() {
        service.login(account, ONLINE).logout();

        JsonNode seen = bob.get(Client.presence(account)).json();

        assertThat(seen.path("state").asText()).isEqualTo("offline");
        assertThat(seen.path("person").isNull()).isTrue();
        assertThat(seen.path("tuples")).isEmpty();
        assertThat(seen.path("lastSeen").asText()).startsWith("20");
    }

    @Test
    void offline_is_one_closed_tuple_in_pidf() {
        service.login(account, BUSY).logout();

        String pidf = bob.get(Client.presence(account), "Accept", PIDF).pidf();

        assertThat(pidf).containsOnlyOnce("<tuple ").containsOnlyOnce("<basic>closed</basic>");
        assertThat(pidf).doesNotContain("person");
    }

    @Test
    void pidf_has_a_tuple_for_each_presentity_and_one_person() {
        Login laptop = service.login(account, ONLINE);
        Login phone = service.login(account, BUSY);

        String pidf = bob.get(Client.presence(account), "Accept", PIDF).pidf();

        assertThat(pidf).contains("entity=\"pres:" + account + "\"");
        assertThat(pidf).containsSubsequence("<tuple id=\"" + laptop.tuple(), "<tuple id=\"" + phone.tuple());
        assertThat(pidf).containsOnlyOnce("<dm:person ").contains("<rpid:meeting/>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/pidf+xml", "application/pidf+xml, application/json;q=0.5",
        "application/json;q=0.5, application/pidf+xml;q=0.8, text/html;q=0.9"})
    void rfc9110_12_5_1_the_format_the_client_likes_best_is_sent(String accept) {
        service.login(account, ONLINE);

        bob.get(Client.presence(account), "Accept", accept).pidf();
    }

    @Test
    void json_is_sent_where_the_client_does_not_say() {
        service.login(account, ONLINE);

        assertThat(bob.get(Client.presence(account)).mediaType()).isEqualTo(JSON);
        assertThat(bob.get(Client.presence(account), "Accept", "*/*").mediaType()).isEqualTo(JSON);
    }

    @Test
    void a_representation_that_does_not_exist_is_406() {
        service.login(account, ONLINE);

        bob.get(Client.presence(account), "Accept", "text/html").isProblem(406, "not-acceptable");
    }

    @Test
    void rfc9110_13_1_2_what_the_client_has_already_is_304() {
        Login login = service.login(account, ONLINE);
        Answer first = bob.get(Client.presence(account));
        String tag = first.header("ETag");

        assertThat(bob.get(Client.presence(account), "If-None-Match", tag).is(304).body()).isEmpty();
        bob.get(Client.presence(account), "If-None-Match", "W/" + tag).is(304);
        bob.get(Client.presence(account), "If-None-Match", "\"other\", " + tag).is(304);
        login.refresh();
        bob.get(Client.presence(account), "If-None-Match", tag).is(304);
    }

    @Test
    void a_change_gives_another_entity_tag() {
        Login login = service.login(account, ONLINE);
        String tag = bob.get(Client.presence(account)).header("ETag");

        login.modify(BUSY);

        Answer changed = bob.get(Client.presence(account), "If-None-Match", tag).is(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void each_representation_has_an_entity_tag_of_its_own() {
        service.login(account, ONLINE);
        String json = bob.get(Client.presence(account)).header("ETag");

        Answer pidf = bob.get(Client.presence(account), "Accept", PIDF, "If-None-Match", json).is(200);

        assertThat(pidf.header("ETag")).isNotEqualTo(json);
        assertThat(pidf.header("Vary")).contains("Accept");
    }

    @Test
    void equal_state_gives_equal_bytes() {
        service.login(account, BUSY);
        byte[] json = bob.get(Client.presence(account)).body();
        byte[] pidf = bob.get(Client.presence(account), "Accept", PIDF).body();

        assertThat(Client.as("carol").get(Client.presence(account)).body()).isEqualTo(json);
        assertThat(service.get(Client.presence(account), "Accept", PIDF).body()).isEqualTo(pidf);
    }

    @Test
    void an_account_nobody_knows_is_404() {
        bob.get(Client.presence(account)).isProblem(404, "not-found");
    }

    @Test
    void a_listed_person_who_never_published_is_there() {
        Answer answer = Client.as("zoe").get(Client.presence("zoe@partner.example")).is(200);

        assertThat(answer.json().path("account").asText()).isEqualTo("zoe@partner.example");
    }

    @Test
    void many_accounts_are_answered_at_once_each_with_its_document_or_its_problem() {
        String blocking = Client.newAccount();
        service.login(account, BUSY);
        service.login(blocking, ONLINE);
        Client.as("admin").decide(blocking, "bob@example.com", "block");
        String unknown = Client.newAccount();

        JsonNode found = query("\"" + account + "\",\"pres:" + account + "\",\"" + blocking + "\",\"" + unknown
                        + "\",\"no account\"")
                .is(200)
                .json()
                .path("presence");

        assertThat(found).hasSize(5);
        assertThat(found.path(0).path("presence")).isEqualTo(bob.get(Client.presence(account)).json());
        assertThat(found.path(1).path("presence")).isEqualTo(found.path(0).path("presence"));
        assertThat(found.path(2).path("problem").path("status").asInt()).isEqualTo(403);
        assertThat(found.path(2).has("presence")).isFalse();
        assertThat(found.path(3).path("problem").path("status").asInt()).isEqualTo(404);
        assertThat(found.path(4).path("problem").path("status").asInt()).isEqualTo(400);
        assertThat(found.path(4).path("account").asText()).isEqualTo("no account");
    }

    @Test
    void a_thousand_accounts_may_be_asked_for_and_not_one_more() {
        service.login(account, BUSY);
        String thousand = IntStream.range(0, 999)
                .mapToObj(i -> "\"n" + i + "@example.com\"")
                .collect(Collectors.joining(",", "", ",\"" + account + "\""));

        JsonNode found = query(thousand).is(200).json().path("presence");

        assertThat(found).hasSize(1000);
        assertThat(found.path(999).path("presence").path("state").asText()).isEqualTo("busy");
        query(thousand + ",\"one.more@example.com\"").isProblem(400, "invalid-request");
    }

    @Test
    void an_answer_grows_no_larger_than_it_may_and_tells_which_accounts_are_left() {
        String large = "{\"state\":\"online\",\"note\":\"" + "x".repeat(2_000) + "\"}";
        IntStream.range(0, 10).forEach(i -> service.login(account, large));
        String often = IntStream.range(0, 1000).mapToObj(i -> '"' + account + '"').collect(Collectors.joining(","));

        JsonNode found = query(often).is(200).json().path("presence");

        assertThat(found).hasSize(1000);
        assertThat(found.path(0).path("presence").path("state").asText()).isEqualTo("online");
        assertThat(found.path(999).path("problem").path("status").asInt()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"accounts\":\"a@b\"}", "{\"accounts\":[1]}", "{\"accounts\":[]", "{\"a\":[]}"})
    void a_query_that_is_none_is_400(String body) {
        bob.post("/api/presence/query", JSON, body).isProblem(400, "invalid-request");
    }

    @Test
    void a_query_for_nobody_is_answered_with_nobody() {
        assertThat(query("").is(200).json().path("presence")).isEmpty();
    }

    @Test
    void the_same_account_asked_for_twice_is_answered_twice() {
        service.login(account, BUSY);
        List<String> twice = Collections.nCopies(2, "\"" + account + "\"");

        assertThat(query(String.join(",", twice)).json().path("presence")).hasSize(2);
    }

    private Answer query(String accounts) {
        return bob.post("/api/presence/query", JSON, "{\"accounts\":[" + accounts + "]}");
    }

    private String person() {
        return bob.get(Client.presence(account)).json().path("person").path("tuple").asText();
    }

    private long version() {
        return bob.get(Client.presence(account)).json().path("version").asLong();
    }
}
