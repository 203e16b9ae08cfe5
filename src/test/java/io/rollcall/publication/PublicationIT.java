package io.rollcall.publication;

import static io.rollcall.client.Client.JSON;
import static io.rollcall.client.Client.PIDF;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Login;
import io.rollcall.document.Documents;
import io.rollcall.document.SchemaCheck;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four operations of RFC 3903 over HTTP. */
class PublicationIT {
    private static final String ONLINE = "{\"state\":\"online\"}";
    private static final String BUSY = "{\"state\":\"busy\",\"note\":\"Until 3\"}";
    private static final String ALICE = "alice@example.com";

    private final Client service = Client.as("service");
    private final String account = Client.newAccount();

    static List<String> goodDocuments() {
        return Documents.names(".");
    }

    static List<String> badDocuments() {
        return Documents.names("bad");
    }

    @Test
    void rfc3903_4_1_login_makes_a_presentity_and_says_where_it_is() {
        Answer answer = service.post(Client.presentities(account), JSON, BUSY).is(201);

        JsonNode stored = answer.json();
        assertThat(answer.header("Location")).endsWith("/" + stored.path("id").asText());
        assertThat(answer.header("Location")).startsWith(Client.SERVER + Client.presentities(account));
        assertThat(answer.header("ETag")).matches("\"[^\"]+\"");
        assertThat(stored.path("account").asText()).isEqualTo(account);
        assertThat(stored.path("state").asText()).isEqualTo("busy");
        assertThat(stored.path("note").asText()).isEqualTo("Until 3");
        assertThat(stored.path("expires").asInt()).isEqualTo(3600);
    }

    @Test
    void the_tuple_id_is_an_ncname_and_no_two_logins_share_one() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            String tuple = service.login(account, ONLINE).tuple();
            assertThat(tuple).matches("[A-Za-z_][A-Za-z0-9._-]*");
            ids.add(tuple);
        }
        assertThat(ids).hasSize(10);
    }

    @Test
    void the_owner_can_read_what_it_published() {
        Login login = service.login(account, BUSY);

        Answer answer = service.get(login.path()).is(200);

        assertThat(answer.header("ETag")).isEqualTo(login.etag());
        assertThat(answer.json().path("state").asText()).isEqualTo("busy");
        assertThat(answer.json().path("expires").asInt()).isBetween(3500, 3600);
    }

    @Test
    void modify_replaces_the_whole_state() {
        Login login = service.login(account, BUSY).modify("{\"state\":\"away\"}");

        JsonNode stored = service.get(login.path()).json();

        assertThat(stored.path("state").asText()).isEqualTo("away");
        assertThat(stored.path("note").isNull()).isTrue();
    }

    @Test
    void logout_ends_the_presentity() {
        Login login = service.login(account, ONLINE);

        login.logout();

        service.get(login.path()).isProblem(404, "not-found");
        assertThat(service.get(Client.presence(account)).json().path("tuples")).isEmpty();
    }

    @Test
    void rfc3903_4_1_an_initial_publication_touches_no_other() {
        Login first = service.login(account, BUSY);

        service.login(account, ONLINE);

        Answer answer = service.get(first.path()).is(200);
        assertThat(answer.header("ETag")).isEqualTo(first.etag());
        assertThat(answer.json().path("state").asText()).isEqualTo("busy");
        assertThat(first.tryModify(ONLINE).status()).isEqualTo(200);
    }

    @Test
    void rfc3903_4_3_a_refresh_leaves_the_state_and_changes_the_tag() {
        Login login = service.login(account, BUSY);

        Login refreshed = login.refresh();

        assertThat(refreshed.etag()).isNotEqualTo(login.etag());
        assertThat(refreshed.answer().json().path("note").asText()).isEqualTo("Until 3");
    }

    @Test
    void rfc3903_6_6_every_success_gives_a_new_entity_tag() {
        List<String> tags = new ArrayList<>();
        Login login = service.login(account, ONLINE);
        tags.add(login.etag());
        for (int i = 0; i < 5; i++) {
            login = login.modify(BUSY);
            tags.add(login.etag());
            login = login.modify(BUSY).refresh();
            tags.add(login.etag());
            login = login.modify(ONLINE);
            tags.add(login.etag());
        }
        assertThat(tags).doesNotHaveDuplicates();
    }

    @Test
    void rfc3903_6_3_a_tag_that_is_not_the_current_one_is_refused() {
        Login old = service.login(account, ONLINE);
        Login current = old.modify(BUSY);

        old.tryModify(ONLINE).isProblem(412, "condition-failed");
        old.tryRefresh().isProblem(412, "condition-failed");
        old.tryLogout().isProblem(412, "condition-failed");

        assertThat(service.get(current.path()).header("ETag")).isEqualTo(current.etag());
    }

    @Test
    void rfc3903_6_1_what_is_gone_is_404_before_its_tag_is_looked_at() {
        Login login = service.login(account, ONLINE);
        login.modify(BUSY).logout();

        login.tryModify(ONLINE).isProblem(404, "not-found");
        login.tryRefresh().isProblem(404, "not-found");
        login.tryLogout().isProblem(404, "not-found");
    }

    @Test
    void a_tuple_of_another_account_is_not_found() {
        Login login = service.login(account, ONLINE);
        String elsewhere = Client.presentities(Client.newAccount()) + '/' + login.tuple();

        service.put(elsewhere, JSON, BUSY, "If-Match", login.etag()).isProblem(404, "not-found");
        service.get(elsewhere).isProblem(404, "not-found");
    }

    @Test
    void rfc6585_3_without_if_match_nothing_is_changed() {
        Login login = service.login(account, ONLINE);

        service.put(login.path(), JSON, BUSY).isProblem(428, "condition-required");
        service.delete(login.path()).isProblem(428, "condition-required");

        assertThat(service.get(login.path()).header("ETag")).isEqualTo(login.etag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare", "\"a\", \"b\"", "\"", "\"\"", "\"a\"b\"", "'a'"})
    void rfc3903_6_3_if_match_that_is_not_exactly_one_tag_is_400(String ifMatch) {
        Login login = service.login(account, ONLINE);

        service.put(login.path(), JSON, BUSY, "If-Match", ifMatch).isProblem(400, "invalid-request");
    }

    @Test
    void rfc9110_8_8_3_2_a_weak_tag_never_matches() {
        Login login = service.login(account, ONLINE);

        service.put(login.path(), JSON, BUSY, "If-Match", "W/" + login.etag()).isProblem(412, "condition-failed");
    }

    @Test
    void rfc9110_13_1_1_if_match_star_matches_what_is_there() {
        Login login = service.login(account, ONLINE);

        service.put(login.path(), JSON, BUSY, "If-Match", "*").is(200);
        service.delete(login.path(), "If-Match", "*").is(204);
        service.put(login.path(), JSON, BUSY, "If-Match", "*").isProblem(404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({"'',3600", "?expires=60,60", "?expires=86400,86400", "?expires=999999999,86400"})
    void rfc3903_6_4_the_expiry_may_be_shortened_never_lengthened(String query, int granted) {
        Login login = service.login(account, ONLINE, query);

        assertThat(login.answer().json().path("expires").asInt()).isEqualTo(granted);
        assertThat(login.answer().header("Presentity-Expires")).isEqualTo(String.valueOf(granted));
    }

    @Test
    void an_expiry_under_the_minimum_is_400_and_names_the_minimum() {
        Answer answer = service.post(Client.presentities(account) + "?expires=0", JSON, ONLINE)
                .isProblem(400, "interval-too-brief");

        assertThat(answer.json().path("minExpires").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "1.5", "", "99999999999999999999"})
    void an_expiry_that_is_no_number_of_seconds_is_400(String expires) {
        service.post(Client.presentities(account) + "?expires=" + expires, JSON, ONLINE)
                .isProblem(400, "invalid-request");
    }

    @Test
    void a_login_without_a_document_is_400() {
        service.post(Client.presentities(account), JSON, "").isProblem(400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/*", "application/x-www-form-urlencoded"})
    void a_media_type_that_is_not_understood_is_415(String type) {
        service.post(Client.presentities(account), type, ONLINE).isProblem(415, "unsupported-media-type");
    }

    @Test
    void a_document_without_a_media_type_is_415() {
        Client.send(service.request(Client.presentities(account)).POST(BodyPublishers.ofString(ONLINE)))
                .isProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{", "[]", "{}", "null", "{\"state\":\"gone\"}", "{\"state\":7}", "{\"state\":\"online\",\"colour\":1}",
                "{\"state\":\"online\",\"priority\":2}", "{\"state\":\"online\"} more"
            })
    void json_that_is_no_publication_is_400(String body) {
        service.post(Client.presentities(account), JSON, body).isProblem(400, "invalid-document");
        service.get(Client.presence(account)).isProblem(404, "not-found");
    }

    @Test
    void a_document_over_the_limit_is_413_and_the_next_request_is_served() {
        String note = "x".repeat(70_000);

        service.post(Client.presentities(account), JSON, "{\"state\":\"online\",\"note\":\"" + note + "\"}")
                .isProblem(413, "too-large");

        service.login(account, ONLINE);
    }

    @Test
    void rfc9110_15_5_6_a_method_that_is_not_one_is_405_and_allow_names_those_that_are() {
        Answer answer = Client.send(service.request(Client.presentities(account))
                        .method("PATCH", BodyPublishers.ofString(ONLINE)))
                .isProblem(405, "method-not-allowed");

        assertThat(answer.header("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pres:", "sip:", "sips:"})
    void an_account_may_be_named_by_its_uri_and_the_domains_case_does_not_matter(String scheme) {
        String name = account.replace("example.com", "EXAMPLE.com");

        Login login = service.login(scheme + name, ONLINE);

        assertThat(login.answer().json().path("account").asText()).isEqualTo(account);
        service.get(Client.presentities(account) + '/' + login.tuple()).is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "@example.com", "a@", "tel:+15551234", "a%20b@example.com", "a%22@example.com"})
    void a_name_that_is_no_account_is_400(String name) {
        service.post(Client.presentities(name), JSON, ONLINE).isProblem(400, "invalid-request");
    }

    @Test
    void only_the_owner_and_publishers_may_publish_for_an_account() {
        Login login = service.login(account, ONLINE);
        Client bob = Client.as("bob");

        bob.post(Client.presentities(account), JSON, ONLINE).isProblem(403, "forbidden");
        bob.put(login.path(), JSON, BUSY, "If-Match", login.etag()).isProblem(403, "forbidden");
        bob.delete(login.path(), "If-Match", login.etag()).isProblem(403, "forbidden");
        bob.get(login.path()).isProblem(403, "forbidden");

        Client.as("carol").login("carol@example.com", ONLINE).logout();
        Client.as("admin").login(account, ONLINE).logout();
        assertThat(service.get(login.path()).header("ETag")).isEqualTo(login.etag());
    }

    @Test
    void pidf_goes_in_and_comes_out() {
        String document = pidf("<rpid:activities><rpid:meeting/></rpid:activities>", "Room 4");

        Answer answer = service.post(Client.presentities(account), PIDF, document, "Accept", PIDF).is(201);

        assertThat(answer.pidf())
                .contains("entity=\"pres:" + account + "\"", "<rpid:meeting/>", "Room 4")
                .contains("tuple id=\"" + answer.header("Location").replaceFirst(".*/", "") + "\"");
        JsonNode json = service.get(answer.header("Location").substring(Client.SERVER.length())).json();
        assertThat(json.path("state").asText()).isEqualTo("busy");
        assertThat(json.path("note").asText()).isEqualTo("Room 4");
    }

    @Test
    void json_goes_in_and_pidf_comes_out() {
        Answer answer = service.post(Client.presentities(account), JSON, BUSY, "Accept", PIDF).is(201);

        assertThat(answer.pidf()).contains("<basic>open</basic>", "<rpid:busy/>", "Until 3");
    }

    @Test
    void rfc3863_elements_of_other_namespaces_are_kept_and_handed_on() {
        String document = pidf("<x:seat xmlns:x='urn:example:seat' row='7'/>", "Here");

        service.post(Client.presentities(account), PIDF, document).is(201);

        assertThat(service.get(Client.presence(account), "Accept", PIDF).pidf())
                .contains("urn:example:seat")
                .contains("row=\"7\"");
    }

    @ParameterizedTest
    @MethodSource("goodDocuments")
    void documents_of_many_clients_are_taken(String name) {
        Client alice = Client.as("alice");
        String charset = Documents.charset(name);
        String type = charset == null ? PIDF : PIDF + ";charset=" + charset;

        Answer answer = alice.send(
                "POST", Client.presentities(ALICE), type, Documents.bytes(name), "Accept", PIDF);

        SchemaCheck.valid(answer.is(201).pidf());
        String path = answer.header("Location").substring(Client.SERVER.length());
        alice.delete(path, "If-Match", answer.header("ETag")).is(204);
    }

    @ParameterizedTest
    @MethodSource("badDocuments")
    void documents_that_break_the_rules_are_refused(String name) {
        Answer answer = Client.as("alice")
                .send("POST", Client.presentities(ALICE), PIDF, Documents.bytes("bad/" + name));

        boolean tooLarge = Documents.bytes("bad/" + name).length > 65_536;
        boolean empty = Documents.bytes("bad/" + name).length == 0;
        String type = tooLarge ? "too-large" : empty ? "invalid-request" : "invalid-document";
        answer.isProblem(tooLarge ? 413 : 400, type);
    }

    @Test
    void of_parallel_modifies_with_one_tag_exactly_one_is_stored() {
        Login login = service.login(account, ONLINE);
        String tag = login.etag();
        for (int round = 0; round < 5; round++) {
            List<Answer> answers = race(login, tag, 24);

            List<Answer> winners = answers.stream().filter(answer -> answer.status() == 200).toList();
            assertThat(winners).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(23);
            Answer stored = service.get(login.path());
            assertThat(stored.header("ETag")).isEqualTo(winners.get(0).header("ETag"));
            assertThat(stored.json().path("note")).isEqualTo(winners.get(0).json().path("note"));
            tag = stored.header("ETag");
        }
    }

    @Test
    void parallel_logins_all_succeed() {
        List<CompletableFuture<Answer>> logins = IntStream.range(0, 20)
                .mapToObj(i -> Client.sendAsync(service.request(Client.presentities(account))
                        .header("Content-Type", JSON)
                        .POST(BodyPublishers.ofString("{\"state\":\"online\",\"note\":\"" + i + "\"}"))))
                .toList();

        logins.forEach(login -> login.join().is(201));

        JsonNode presence = service.get(Client.presence(account)).json();
        assertThat(presence.path("tuples")).hasSize(20);
        assertThat(presence.path("version").asInt()).isEqualTo(20);
    }

    @Test
    @DisplayName("RFC 9110 §15.5.7: who takes neither form is refused, and nothing is stored")
    void a_form_that_does_not_exist_is_406_and_stores_nothing() {
        service.post(Client.presentities(account), JSON, ONLINE, "Accept", "text/html").isProblem(406, "not-acceptable");
        Login login = service.login(account, ONLINE);
        service.put(login.path(), JSON, "{\"state\":\"busy\"}", "If-Match", login.etag(), "Accept", "text/html")
                .isProblem(406, "not-acceptable");
        service.get(login.path(), "Accept", "text/html").isProblem(406, "not-acceptable");

        JsonNode presence = service.get(Client.presence(account)).json();

        assertThat(presence.path("state").asText()).isEqualTo("online");
        assertThat(presence.path("version").asInt()).isEqualTo(1);
        login.logout();
    }

    @Test
    void an_account_has_a_bounded_number_of_presentities() {
        for (int i = 0; i < 32; i++) {
            service.login(account, ONLINE);
        }
        service.post(Client.presentities(account), JSON, ONLINE).isProblem(429, "too-many-requests");
    }

    private List<Answer> race(Login login, String tag, int competitors) {
        List<CompletableFuture<Answer>> modifies = IntStream.range(0, competitors)
                .mapToObj(i -> Client.sendAsync(service.request(login.path())
                        .header("Content-Type", JSON)
                        .header("If-Match", tag)
                        .PUT(BodyPublishers.ofString("{\"state\":\"busy\",\"note\":\"" + tag.replace("\"", "") + i
                                + "\"}"))))
                .toList();
        return modifies.stream().map(CompletableFuture::join).toList();
    }

    private String pidf(String elements, String note) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid"
                    entity="pres:%s">
                  <tuple id="mine"><status><basic>open</basic></status>%s<note>%s</note></tuple>
                </presence>
                """
                .formatted(account, elements, note);
    }
}
