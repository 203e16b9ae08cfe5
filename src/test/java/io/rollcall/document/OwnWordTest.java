package io.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnWordTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static OwnWord read(String json) {
        return OwnWord.read(json.getBytes(StandardCharsets.UTF_8), NOW);
    }

    @Test
    void a_word_may_say_state_activities_note_and_when_it_ends() {
        OwnWord word = read("{\"state\":\"busy\",\"activities\":[\"meeting\"],\"note\":\"Until 3\","
                + "\"until\":\"2026-03-01T15:00:00+01:00\"}");

        assertThat(word)
                .isEqualTo(new OwnWord(
                        State.BUSY,
                        List.of("meeting"),
                        "Until 3",
                        false,
                        false,
                        List.of(),
                        Instant.parse("2026-03-01T14:00:00Z")));
    }

    @Test
    void the_largest_word_reads_back_though_what_is_stored_is_longer() {
        String hiddenFrom = IntStream.range(0, 100)
                .mapToObj(i -> '"' + "\u4e2d".repeat(190) + i + "@example.com\"")
                .collect(Collectors.joining(","));
        OwnWord word = read("{\"invisible\":true,\"note\":\"" + "<".repeat(2_000) + "\",\"to\":[" + hiddenFrom + "]}");

        String stored = new String(JsonWriter.write(word, NOW), StandardCharsets.UTF_8);

        assertThat(stored.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(DocumentLimits.DEFAULT.maxBytes());
        assertThat(OwnWord.readStored(stored)).isEqualTo(word);
    }

    @Test
    void expires_counts_from_now() {
        assertThat(read("{\"state\":\"busy\",\"expires\":90}").until()).isEqualTo(NOW.plusSeconds(90));
    }

    @Test
    void activities_without_a_state_imply_one() {
        assertThat(read("{\"activities\":[\"vacation\"]}").state()).isEqualTo(State.AWAY);
        assertThat(read("{\"activities\":[\"working\"]}").state()).isEqualTo(State.ONLINE);
    }

    @Test
    void out_of_office_is_away_unless_it_says_otherwise() {
        assertThat(read("{\"outOfOffice\":true}").state()).isEqualTo(State.AWAY);
        assertThat(read("{\"outOfOffice\":true,\"state\":\"busy\"}").state()).isEqualTo(State.BUSY);
    }

    @Test
    void offline_is_invisible() {
        assertThat(read("{\"state\":\"offline\"}")).isEqualTo(read("{\"invisible\":true}"));
    }

    @Test
    void those_it_hides_from_are_addresses_and_domains_in_their_usual_form() {
        assertThat(read("{\"invisible\":true,\"to\":[\"sip:zoe@Partner.Example\",\"Partner.example\"]}").to())
                .containsExactly("zoe@partner.example", "partner.example");
    }

    @Test
    void what_was_written_reads_back_equal() {
        OwnWord word = read("{\"state\":\"away\",\"activities\":[\"meal\",\"lunch\"],\"note\":\"a <b> \\\"c\\\" ü\","
                + "\"outOfOffice\":true,\"invisible\":true,\"to\":[\"bob@example.com\"],\"expires\":60}");

        String written = new String(JsonWriter.write(word, NOW), StandardCharsets.UTF_8);

        assertThat(OwnWord.readStored(written)).isEqualTo(word);
        assertThat(read(written)).as("and may be sent back as it was got").isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"state\":\"asleep\"}",
                "{\"state\":null}",
                "{\"activities\":[]}",
                "{\"activities\":[\"dancing\"]}",
                "{\"note\":7}",
                "{\"state\":\"busy\",\"state\":\"away\"}",
                "{\"state\":\"busy\",\"mood\":\"happy\"}",
                "{\"state\":\"busy\",\"outOfOffice\":\"yes\"}",
                "{\"state\":\"busy\",\"until\":\"tomorrow\"}",
                "{\"state\":\"busy\",\"until\":\"2026-03-01T12:00:00Z\"}",
                "{\"state\":\"busy\",\"until\":\"2025-03-01T12:00:00Z\"}",
                "{\"state\":\"busy\",\"until\":\"+999999999-01-01T00:00:00Z\"}",
                "{\"state\":\"busy\",\"until\":1772366400}",
                "{\"state\":\"busy\",\"expires\":0}",
                "{\"state\":\"busy\",\"expires\":-1}",
                "{\"state\":\"busy\",\"expires\":99999999999999999999}",
                "{\"state\":\"busy\",\"expires\":1.5}",
                "{\"state\":\"busy\",\"expires\":60,\"until\":\"2026-03-02T12:00:00Z\"}",
                "{\"state\":\"busy\",\"to\":[\"bob@example.com\"]}",
                "{\"invisible\":true,\"to\":[\"\"]}",
                "{\"invisible\":true,\"to\":[\"*\\n9 null bob@example.com\"]}",
                "{\"invisible\":true,\"to\":\"bob@example.com\"}",
                "{\"invisible\":true,\"to\":[[]]}",
                "{\"state\":\"offline\",\"activities\":[\"meeting\"]}",
                "{\"state\":\"busy\"} x",
                "{\"state\":\"busy\""
            })
    void what_is_no_word_is_refused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidDocument.class);
    }

    @Test
    void more_than_a_hundred_to_hide_from_are_refused() {
        String names = "\"a1@example.com\"";
        for (int i = 2; i <= 101; i++) {
            names += ",\"a" + i + "@example.com\"";
        }
        String json = "{\"invisible\":true,\"to\":[" + names + "]}";
        assertThatThrownBy(() -> read(json)).hasMessageContaining("at most 100");
    }
}
