package io.rollcall.document;

import static io.rollcall.document.Documents.ALICE;
import static io.rollcall.document.Documents.NOON;
import static io.rollcall.document.Documents.json;
import static io.rollcall.document.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static final PublishedTuple FULL = new PublishedTuple("t1", NOON, json("""
            {"state":"busy","activities":["meeting"],"note":"Until 3","device":"laptop",
             "contact":"sip:alice@192.0.2.4","priority":0.8}"""));
    private static final PublishedTuple BARE =
            new PublishedTuple("t2", NOON.plusMillis(5), json("{\"state\":\"away\"}"));

    @Test
    void a_composed_document_has_all_members_in_a_fixed_order() {
        PresenceDocument document = new PresenceDocument(ALICE, State.AWAY, Speaker.of(BARE), List.of(FULL, BARE), 42, null);
        assertThat(utf8(JsonWriter.write(document))).isEqualTo(
                "{\"account\":\"alice@example.com\",\"state\":\"away\","
                        + "\"person\":{\"tuple\":\"t2\",\"state\":\"away\",\"activities\":[],\"note\":null,"
                        + "\"since\":\"2026-03-01T12:00:00.005Z\"},\"tuples\":["
                        + "{\"id\":\"t1\",\"state\":\"busy\",\"basic\":\"open\",\"activities\":[\"meeting\"],"
                        + "\"note\":\"Until 3\",\"device\":\"laptop\",\"contact\":\"sip:alice@192.0.2.4\","
                        + "\"priority\":0.8,\"timestamp\":\"2026-03-01T12:00:00.000Z\"},"
                        + "{\"id\":\"t2\",\"state\":\"away\",\"basic\":\"open\",\"activities\":[],\"note\":null,"
                        + "\"device\":null,\"contact\":null,\"priority\":null,"
                        + "\"timestamp\":\"2026-03-01T12:00:00.005Z\"}],\"version\":42,\"lastSeen\":null}");
    }

    @Test
    void an_offline_account_has_no_person_and_no_tuples() {
        PresenceDocument document = new PresenceDocument(ALICE, State.OFFLINE, null, List.of(), 43, NOON);
        assertThat(utf8(JsonWriter.write(document))).isEqualTo(
                "{\"account\":\"alice@example.com\",\"state\":\"offline\",\"person\":null,\"tuples\":[],"
                        + "\"version\":43,\"lastSeen\":\"2026-03-01T12:00:00.000Z\"}");
    }

    @Test
    void a_published_presentity_tells_its_granted_expiry() {
        assertThat(utf8(JsonWriter.write(ALICE, BARE, 3600, NOON.plusSeconds(3600)))).isEqualTo(
                "{\"id\":\"t2\",\"account\":\"alice@example.com\",\"state\":\"away\",\"basic\":\"open\","
                        + "\"activities\":[],\"note\":null,\"device\":null,\"contact\":null,\"priority\":null,"
                        + "\"timestamp\":\"2026-03-01T12:00:00.005Z\",\"expires\":3600,"
                        + "\"expiresAt\":\"2026-03-01T13:00:00.000Z\"}");
    }

    @Test
    void a_document_embedded_in_a_page_is_harmless() {
        PublishedTuple tuple = new PublishedTuple(
                "t1", NOON, json("{\"state\":\"busy\",\"note\":\"</script>&\\\"\\\\\\n\\u2028\\u2029 🙂\"}"));
        assertThat(utf8(JsonWriter.write(ALICE, tuple, 60, NOON)))
                .contains("\"\\u003c/script\\u003e\\u0026\\\"\\\\\\n\\u2028\\u2029 🙂\"");
    }
}
