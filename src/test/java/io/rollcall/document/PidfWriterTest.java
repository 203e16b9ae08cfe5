package io.rollcall.document;

import static io.rollcall.document.Documents.ALICE;
import static io.rollcall.document.Documents.NOON;
import static io.rollcall.document.Documents.json;
import static io.rollcall.document.Documents.pidf;
import static io.rollcall.document.Documents.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidfWriterTest {
    private static final String START = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\""
            + " xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" xmlns:cipid=\"urn:ietf:params:xml:ns:pidf:cipid\""
            + " entity=\"pres:alice@example.com\">";

    private static PresenceDocument document(Publication... publications) {
        List<PublishedTuple> tuples = new java.util.ArrayList<>();
        for (Publication publication : publications) {
            tuples.add(new PublishedTuple("t" + (tuples.size() + 1), NOON.plusMillis(tuples.size()), publication));
        }
        Speaker speaker = tuples.isEmpty() ? null : Speaker.of(tuples.get(tuples.size() - 1));
        return new PresenceDocument(ALICE, State.ONLINE, speaker, tuples, 1, null);
    }

    private static String write(PresenceDocument document) {
        return SchemaCheck.valid(PidfWriter.write(document));
    }

    @Test
    void an_offline_account_is_one_closed_tuple_and_nothing_else() {
        String offline = write(new PresenceDocument(ALICE, State.OFFLINE, null, List.of(), 7, NOON));
        assertThat(offline).isEqualTo(START
                + "<tuple id=\"offline\"><status><basic>closed</basic></status></tuple></presence>\n");
        assertThat(write(new PresenceDocument(ALICE, State.OFFLINE, null, List.of(), 0, null))).isEqualTo(offline);
    }

    @Test
    void rfc3863_4_1_1_tuples_come_before_person_devices_and_others() {
        Publication rich = pidf("<x:e/><dm:device id='d'><dm:deviceID>urn:a:b</dm:deviceID></dm:device>"
                + "<dm:person id='p'><dm:note>P</dm:note></dm:person>" + tuple("<note>T</note>"));
        assertThat(write(document(rich, rich))).isEqualTo(START
                + "<tuple id=\"t1\"><status><basic>open</basic></status><note>T</note>"
                + "<timestamp>2026-03-01T12:00:00.000Z</timestamp></tuple>"
                + "<tuple id=\"t2\"><status><basic>open</basic></status><note>T</note>"
                + "<timestamp>2026-03-01T12:00:00.001Z</timestamp></tuple>"
                + "<dm:person id=\"palice_40example.com\"><dm:note>P</dm:note>"
                + "<dm:timestamp>2026-03-01T12:00:00.001Z</dm:timestamp></dm:person>"
                + "<dm:device id=\"dt1\"><dm:deviceID>urn:a:b</dm:deviceID></dm:device>"
                + "<dm:device id=\"dt2\"><dm:deviceID>urn:a:b</dm:deviceID></dm:device>"
                + "<n1:e xmlns:n1=\"urn:example:x\"/></presence>\n");
    }

    @Test
    void the_person_is_the_speakers_even_when_it_published_none() {
        Publication other = pidf(tuple("") + "<dm:person id='p'><dm:note>Not mine</dm:note></dm:person>");
        assertThat(write(document(other, json("{\"state\":\"online\"}"))))
                .contains("<dm:person id=\"palice_40example.com\">"
                        + "<dm:timestamp>2026-03-01T12:00:00.001Z</dm:timestamp></dm:person>")
                .doesNotContain("Not mine");
    }

    @Test
    void without_a_speaker_there_is_no_person() {
        PublishedTuple tuple = new PublishedTuple("t1", NOON, json("{\"state\":\"busy\",\"note\":\"N\"}"));
        assertThat(write(new PresenceDocument(ALICE, State.BUSY, null, List.of(tuple), 1, null)))
                .doesNotContain("dm:person");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b@example.com", "o'neil+x@example.com", "jürgen@example.com", "7@example.com", "中@例.jp"})
    void rfc4479_3_5_the_persons_id_is_an_ncname_of_the_account_alone(String account) {
        String written = SchemaCheck.valid(
                PidfWriter.write(account, "t1", json("{\"state\":\"busy\"}"), NOON));
        byte[] body = written.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(Documents.READER.readPidf(body, null, account).state()).isEqualTo(State.BUSY);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2000-02-29T12:34:56.789Z", "2024-02-29T00:00:00.001Z",
        "2026-12-31T23:59:59.010Z", "2100-03-01T00:00:00.000Z", "1900-02-28T09:09:09.090Z", "0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z",
    })
    void rfc3339_5_6_times_have_exactly_three_decimals(String time) {
        assertThat(Timestamps.append(new StringBuilder(), Instant.parse(time))).hasToString(time);
    }

    @Test
    void every_day_of_800_years_has_its_date() {
        for (long day = -150_000; day < 150_000; day += 1) {
            Instant time = Instant.ofEpochSecond(day * 86_400);
            assertThat(Timestamps.append(new StringBuilder(), time).substring(0, 10))
                    .isEqualTo(java.time.LocalDate.ofEpochDay(day).toString());
        }
    }
}
