package io.rollcall.document;

import static io.rollcall.document.Documents.READER;
import static io.rollcall.document.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void every_member_has_its_place_in_pidf() {
        Publication publication = json("""
                {"state":"busy","activities":["meeting"],"note":"Until 3","device":"Jörg's laptop",
                 "contact":"sip:alice@192.0.2.4","priority":0.80}""");
        Extension activities = new Extension(
                Namespaces.RPID, "activities", "<rpid:activities><rpid:meeting/></rpid:activities>");
        String urn = "urn:x-rollcall:device:J%C3%B6rg%27s%20laptop";
        Extension deviceId = new Extension(Namespaces.DATA_MODEL, "deviceID", "<dm:deviceID>" + urn + "</dm:deviceID>");
        List<Note> notes = List.of(new Note(null, "Until 3"));
        assertThat(publication).isEqualTo(new Publication(
                State.BUSY,
                new Tuple(
                        Basic.OPEN,
                        List.of(),
                        List.of(activities, deviceId),
                        new Contact("sip:alice@192.0.2.4", "0.8"),
                        notes),
                new Person(List.of(activities), notes),
                new Device(urn, List.of(), List.of()),
                List.of()));
        assertThat(publication.activities()).containsExactly("meeting");
        assertThat(publication.note()).isEqualTo("Until 3");
        assertThat(publication.deviceLabel()).isEqualTo("Jörg's laptop");
        Documents.write(publication);
    }

    @Test
    void only_the_state_is_needed() {
        Publication publication = json("{\"state\":\"online\"}");
        assertThat(publication.person()).isNull();
        assertThat(publication.tuple().basic()).isEqualTo(Basic.OPEN);
        assertThat(json("{\"state\":\"offline\",\"note\":null,\"activities\":null,\"priority\":null}").tuple().basic())
                .isEqualTo(Basic.CLOSED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{}|state is missing",
        "{\"state\":null}|state is missing",
        "[]|object",
        "\"busy\"|object",
        "|object",
        "{\"state\":\"idle\"}|online, busy, away, offline",
        "{\"state\":\"BUSY\"}|online, busy, away, offline",
        "{\"state\":1}|state must be a string",
        "{\"state\":\"busy\",\"state\":\"away\"}|state is given twice",
        "{\"state\":\"busy\",\"mood\":\"happy\"}|no member \"mood\"",
        "{\"state\":\"busy\",\"activities\":\"meeting\"}|activities must be an array",
        "{\"state\":\"busy\",\"activities\":[1]}|activities must be an array of strings",
        "{\"state\":\"busy\",\"activities\":[[\"meeting\"]]}|activities must be an array of strings",
        "{\"state\":\"busy\",\"activities\":[\"juggling\"]}|appointment, away",
        "{\"state\":\"busy\",\"note\":{}}|note must be a string",
        "{\"state\":\"busy\",\"note\":\"a\\u0000b\"}|note holds a character",
        "{\"state\":\"busy\",\"note\":\"\\ud800\"}|note holds a character",
        "{\"state\":\"busy\",\"note\":\"\\uffff\"}|note holds a character",
        "{\"state\":\"busy\",\"device\":\"a\\u0007\"}|device holds a character",
        "{\"state\":\"busy\",\"contact\":\"alice\"}|contact must be an absolute URI",
        "{\"state\":\"busy\",\"contact\":\"sip:\"}|contact must be an absolute URI",
        "{\"state\":\"busy\",\"contact\":\"sip:a b\"}|contact must be an absolute URI",
        "{\"state\":\"busy\",\"contact\":\"sip:%zz\"}|absolute URI",
        "{\"state\":\"busy\",\"priority\":0.5}|contact, which is missing",
        "{\"state\":\"busy\",\"contact\":\"sip:a\",\"priority\":1.1}|priority must be a number from 0 to 1",
        "{\"state\":\"busy\",\"contact\":\"sip:a\",\"priority\":-0.1}|priority must be",
        "{\"state\":\"busy\",\"contact\":\"sip:a\",\"priority\":0.1234}|three decimals",
        "{\"state\":\"busy\",\"contact\":\"sip:a\",\"priority\":1e-999999999}|three decimals",
        "{\"state\":\"busy\",\"contact\":\"sip:a\",\"priority\":1e999999999}|priority must be",
        "{\"state\":\"busy\",\"contact\":\"sip:a\",\"priority\":1e99999999999}|priority must be",
        "{\"state\":\"busy\",\"contact\":\"sip:a\",\"priority\":1e-99999999999}|priority must be",
        "{\"state\":\"busy\",\"contact\":\"sip:a\",\"priority\":100e2147483647}|priority must be",
        "{\"state\":\"busy\",\"contact\":\"sip:a\",\"priority\":\"0.5\"}|priority must be a number",
        "{\"state\":\"busy\"} {}|Nothing may follow",
        "{\"state\":\"busy\"|not JSON",
        "{state:\"busy\"}|not JSON",
        "{\"state\":\"busy\",}|at line 1, column 17",
        "<presence/>|not JSON",
        "{\"state\":\"busy\",\"priority\":NaN}|in /priority",
    })
    void what_is_wrong_is_named(String document, String message) {
        assertThatThrownBy(() -> json(document == null ? "" : document))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.0,0", "1,1", "1.000,1", "5e-1,0.5", "0.250,0.25", "0e9999999,0", "-0,0"})
    void a_priority_is_kept_without_trailing_zeros(String given, String kept) {
        Publication publication = json("{\"state\":\"online\",\"contact\":\"sip:a@b\",\"priority\":" + given + "}");
        assertThat(publication.tuple().contact().priority()).isEqualTo(kept);
        Documents.write(publication);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32"})
    void rfc8259_8_1_only_utf8_is_json(String charset) throws Exception {
        assertThatThrownBy(() -> READER.readJson("{\"state\":\"busy\"}".getBytes(charset)))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void malformed_utf8_is_refused() {
        byte[] body = "{\"state\":\"busy\",\"note\":\"Köln\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> READER.readJson(body)).isInstanceOf(InvalidDocument.class);
    }

    @Test
    void too_long_and_too_deep_are_refused() {
        String deep = "{\"state\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThatThrownBy(() -> json(deep)).isInstanceOf(InvalidDocument.class);
        String longNote = "{\"state\":\"busy\",\"note\":\"" + "n".repeat(2_001) + "\"}";
        assertThatThrownBy(() -> json(longNote)).hasMessageContaining("2000 characters");
        String large = "{\"state\":\"busy\"" + " ".repeat(70_000) + "}";
        assertThatThrownBy(() -> json(large)).hasMessageContaining("65536 bytes");
    }

    @Test
    void blank_texts_are_absent_and_repeated_activities_count_once() {
        Publication publication =
                json("{\"state\":\"away\",\"note\":\" \\n\",\"device\":\"\",\"activities\":[\"meal\",\"meal\"]}");
        assertThat(publication.note()).isNull();
        assertThat(publication.device()).isNull();
        assertThat(publication.activities()).containsExactly("meal");
    }
}
