package io.rollcall.message;

import static io.rollcall.presentity.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.document.DocumentLimits;
import io.rollcall.document.JsonWriter;
import io.rollcall.document.PidfWriter;
import io.rollcall.document.PresenceDocument;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import io.rollcall.document.Publication;
import io.rollcall.document.PublicationReader;
import io.rollcall.document.SchemaCheck;
import io.rollcall.document.State;
import io.rollcall.presentity.Examples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What services write the server reads, and what it writes they read. */
class PresenceTest {
    private static final String ALICE = Examples.ALICE;
    private static final PublicationReader SERVER = new PublicationReader(DocumentLimits.DEFAULT);
    private static final Presence RICH = Presence.of("busy")
            .doing("meeting", "lunch")
            .saying("Until 3 \"sharp\" <&> \u00e4\u20ac\n\\")
            .on("PC 147/b+c")
            .at("sip:alice@example.com", 0.8);

    @Test
    void the_server_reads_the_same_from_both_forms() {
        Publication json = SERVER.readJson(bytes(RICH.toJson()));
        Publication pidf = SERVER.readPidf(bytes(SchemaCheck.valid(RICH.toPidf(ALICE))), "UTF-8", ALICE);

        for (Publication read : new Publication[] {json, pidf}) {
            assertThat(read.state().word()).isEqualTo("busy");
            assertThat(read.activities()).containsExactly("meeting", "lunch");
            assertThat(read.deviceLabel()).isEqualTo("PC 147/b+c");
            assertThat(read.tuple().contact().uri()).isEqualTo("sip:alice@example.com");
            assertThat(read.tuple().contact().priority()).isEqualTo("0.8");
        }
        assertThat(json.note()).isEqualTo(RICH.note());
        assertThat(pidf.note()).startsWith("Until 3 \"sharp\" <&> \u00e4\u20ac");
    }

    @ParameterizedTest
    @ValueSource(strings = {"online", "busy", "away", "offline"})
    void a_state_alone_comes_through_in_both_forms(String state) {
        Presence presence = Presence.of(state);

        assertThat(SERVER.readJson(bytes(presence.toJson())).state().word()).isEqualTo(state);
        assertThat(SERVER.readPidf(bytes(presence.toPidf(ALICE)), "UTF-8", ALICE).state().word()).isEqualTo(state);
        assertThat(Presence.read(presence.toPidf(ALICE)).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "appointment", "away", "breakfast", "busy", "dinner", "holiday", "in-transit", "looking-for-work", "lunch",
        "meal", "meeting", "on-the-phone", "other", "performance", "permanent-absence", "playing", "presentation",
        "shopping", "sleeping", "spectator", "steering", "travel", "tv", "unknown", "vacation", "working", "worship"
    })
    void an_activity_means_the_same_state_as_to_the_server(String activity) {
        String pidf = Presence.of("online").doing(activity).toPidf(ALICE);
        String state = SERVER.readPidf(bytes(pidf), "UTF-8", ALICE).state().word();

        assertThat(Presence.read(pidf).state()).isEqualTo(state);
        assertThat(Presence.read(pidf).activities()).containsExactly(activity);
    }

    @Test
    void what_watchers_are_sent_is_read_from_both_forms() {
        PublishedTuple first = new PublishedTuple("t1", NOON, Examples.says("online"));
        PublishedTuple speaking = new PublishedTuple("t2", NOON, SERVER.readJson(bytes(RICH.toJson())));
        PresenceDocument document =
                new PresenceDocument(ALICE, State.BUSY, Speaker.of(speaking), List.of(first, speaking), 7, null);

        Presence fromJson = Presence.read(new String(JsonWriter.write(document), StandardCharsets.UTF_8));
        Presence fromPidf = Presence.read(PidfWriter.write(document));

        assertThat(fromJson).isEqualTo(new Presence(
                ALICE, "busy", RICH.activities(), RICH.note(), RICH.device(), RICH.contact(), RICH.priority()));
        // PIDF does not tell which tuple speaks for the person
        assertThat(fromPidf).isEqualTo(new Presence(ALICE, "busy", RICH.activities(), RICH.note(), null, null, null));
        assertThat(Presence.read(PidfWriter.write(ALICE, "t2", speaking.publication(), NOON))).isEqualTo(fromJson);
    }

    @Test
    void an_offline_account_has_no_tuple_in_json_and_a_closed_one_in_pidf() {
        String json = "{\"account\":\"alice@example.com\",\"state\":\"offline\",\"person\":null,\"tuples\":[],\"version\":0}";

        assertThat(Presence.read(json)).isEqualTo(new Presence(ALICE, "offline", List.of(), null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{}",
                "{\"state\":\"idle\"}",
                "{\"state\":\"busy\"",
                "{\"state\":\"busy\"} x",
                "{\"state\":\"bu\\xsy\"}",
                "[\"busy\"]",
                "<presence/>",
                "<!DOCTYPE p><presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:a@b'/>"
            })
    void what_tells_of_no_presence_is_refused(String body) {
        assertThatThrownBy(() -> Presence.read(body)).isInstanceOf(InvalidMessage.class);
    }

    @Test
    void what_is_nested_without_end_is_refused() {
        assertThatThrownBy(() -> Presence.read("{\"state\":".repeat(100_000))).isInstanceOf(InvalidMessage.class);
    }

    @Test
    void what_no_document_can_say_cannot_be_made() {
        assertThatThrownBy(() -> Presence.of("idle")).hasMessageContaining("online, busy, away or offline");
        assertThatThrownBy(() -> Presence.of("busy").doing("<x/>")).hasMessageContaining("no name of an activity");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
