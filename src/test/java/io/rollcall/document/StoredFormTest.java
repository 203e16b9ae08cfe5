package io.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFormTest {
    private static final PublicationReader READER = new PublicationReader(DocumentLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"state\":\"online\"}",
                "{\"state\":\"offline\",\"note\":\"Gone \\\"fishing\\\" <b> & \\n 日本\"}",
                "{\"state\":\"online\",\"activities\":[\"meeting\"]}",
                "{\"state\":\"away\",\"activities\":[\"meeting\",\"busy\"],\"device\":\"my laptop/2\"}",
                "{\"state\":\"busy\",\"activities\":[\"lunch\"],\"contact\":\"sip:a@[::1]:5060\",\"priority\":0.125}"
            })
    void what_was_published_as_json_is_kept_as_json(String json) {
        Publication publication = READER.readJson(json.getBytes(StandardCharsets.UTF_8));

        String stored = StoredForm.write("a@example.com", "t1", publication, Instant.EPOCH);

        assertThat(stored).startsWith("{");
        assertThat(StoredForm.read(stored, publication.state())).isEqualTo(publication);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "sip:a\u00a0b@example.com", "tel:+49-30-1234"})
    void a_contact_that_json_would_refuse_can_be_read_again(String contact) {
        String pidf = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:a@example.com'><tuple id='x'>"
                + "<status><basic>open</basic></status><contact>" + contact + "</contact></tuple></presence>";
        Publication publication =
                READER.readPidf(pidf.getBytes(StandardCharsets.UTF_8), null, "a@example.com");

        String stored = StoredForm.write("a@example.com", "t1", publication, Instant.EPOCH);

        assertThat(StoredForm.read(stored, publication.state())).isEqualTo(publication);
    }

    @Test
    void what_json_cannot_say_is_kept_as_pidf() {
        String pidf = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:a@example.com'><tuple id='x'>"
                + "<status><basic>open</basic></status><note xml:lang='de'>Bin da</note></tuple></presence>";
        Publication publication =
                READER.readPidf(pidf.getBytes(StandardCharsets.UTF_8), null, "a@example.com");

        String stored = StoredForm.write("a@example.com", "t1", publication, Instant.EPOCH);

        assertThat(stored).startsWith("<?xml");
        assertThat(StoredForm.read(stored, publication.state())).isEqualTo(publication);
    }
}
