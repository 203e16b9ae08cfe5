package io.rollcall.favourite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom an owner has chosen to see first. */
class FavouritesIT {
    private static final String ACCOUNT = "/api/accounts/carol@example.com";
    private static final String FAVOURITES = ACCOUNT + "/favourites";

    private final Client carol = Client.as("carol");

    @BeforeEach
    @AfterEach
    void as_if_never_chosen() {
        carol.delete(ACCOUNT).is(204);
    }

    @Test
    void who_never_chose_has_none_and_who_chose_nobody_has_none_either() {
        Answer never = carol.get(FAVOURITES).is(200);
        assertThat(never.text()).isEqualTo("{\"chosen\":false,\"people\":[]}");
        assertThat(never.header("Cache-Control")).isEqualTo("private, no-cache");

        choose().is(200);

        assertThat(carol.get(FAVOURITES).text()).isEqualTo("{\"chosen\":true,\"people\":[]}");
    }

    @Test
    void they_are_kept_in_their_order_each_once_and_by_address() {
        Answer chosen = choose("sip:bob@EXAMPLE.com", "alice@example.com", "bob@example.com").is(200);

        Answer stored = carol.get(FAVOURITES).is(200);
        assertThat(stored.text()).isEqualTo("{\"chosen\":true,\"people\":[\"bob@example.com\",\"alice@example.com\"]}");
        assertThat(stored.text()).isEqualTo(chosen.text());
        assertThat(stored.header("ETag")).isEqualTo(chosen.header("ETag"));
    }

    @Test
    void what_another_machine_chose_meanwhile_is_not_lost() {
        String tag = choose("bob@example.com").header("ETag");
        choose("alice@example.com").is(200);

        carol.put(FAVOURITES, Client.JSON, body("dave@example.com"), "If-Match", tag).isProblem(412, "condition-failed");
        assertThat(carol.get(FAVOURITES).text()).contains("alice@example.com");
        carol.put(FAVOURITES, Client.JSON, body("dave@example.com"), "If-Match", carol.get(FAVOURITES).header("ETag"))
                .is(200);
    }

    @Test
    void of_many_who_are_the_first_to_choose_one_is() {
        String tag = carol.get(FAVOURITES).header("ETag");
        List<CompletableFuture<Answer>> answers = Stream.generate(() -> Client.sendAsync(
                        carol.request(FAVOURITES, "Content-Type", Client.JSON, "If-Match", tag)
                                .PUT(BodyPublishers.ofString(body("bob@example.com")))))
                .limit(8)
                .toList();

        assertThat(answers.stream().map(answer -> answer.join().status())).containsOnlyOnce(200).containsOnly(200, 412);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "[]", "{}", "{\"people\":null}", "{\"people\":[1]}", "{\"people\":[\"nobody\"]}", "{\"people\":[\"a@b\\nc\"]}",
                "{\"people\":[]}x", "{\"people\":[],\"more\":1}", "{\"people\":[[[[[]]]]]}"
            })
    void what_is_no_list_of_addresses_changes_nothing(String body) {
        carol.put(FAVOURITES, Client.JSON, body).isProblem(400, "invalid-request");
        carol.put(FAVOURITES, "text/plain", body()).isProblem(415, "unsupported-media-type");

        assertThat(carol.get(FAVOURITES).json().path("chosen").asBoolean()).isFalse();
    }

    @Test
    void there_are_not_very_many() {
        String[] many = IntStream.rangeClosed(0, 500).mapToObj(i -> "p" + i + "@example.com").toArray(String[]::new);

        choose(many).isProblem(400, "invalid-request");
        carol.put(FAVOURITES, Client.JSON, " ".repeat(300_000)).isProblem(413, "too-large");
    }

    @Test
    void they_are_in_the_export_and_go_with_the_account() {
        choose("bob@example.com").is(200);
        JsonNode export = carol.get(ACCOUNT + "/export").is(200).json();
        assertThat(export.path("favourites").toString()).isEqualTo("[\"bob@example.com\"]");

        carol.delete(ACCOUNT).is(204);

        assertThat(carol.get(FAVOURITES).json().path("chosen").asBoolean()).isFalse();
    }

    private Answer choose(String... people) {
        return carol.put(FAVOURITES, Client.JSON, body(people));
    }

    private static String body(String... people) {
        return Stream.of(people).collect(Collectors.joining("\",\"", "{\"people\":[\"", "\"]}")).replace("[\"\"]", "[]");
    }
}
