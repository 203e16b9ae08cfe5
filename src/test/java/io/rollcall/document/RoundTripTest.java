package io.rollcall.document;

import static io.rollcall.document.Documents.ALICE;
import static io.rollcall.document.Documents.NOON;
import static io.rollcall.document.Documents.READER;
import static io.rollcall.document.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that hold for whatever clients publish, tried on publications made by chance from fixed seeds. */
class RoundTripTest {
    private static final int TRIES = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2003, 3863})
    void what_was_read_from_pidf_is_stored_and_read_back_equal(long seed) {
        RandomPublications random = new RandomPublications(seed);
        for (int i = 0; i < TRIES; i++) {
            byte[] body = random.pidf().getBytes(StandardCharsets.UTF_8);
            Publication publication = READER.readPidf(body, null, ALICE);
            assertStored(publication);
            String written = PidfWriter.write(ALICE, "t1", publication, NOON);
            assertThat(READER.readPidf(written.getBytes(StandardCharsets.UTF_8), null, ALICE)).isEqualTo(publication);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 4480})
    void what_was_read_from_json_is_stored_and_read_back_equal_with_its_state(long seed) {
        RandomPublications random = new RandomPublications(seed);
        for (int i = 0; i < TRIES; i++) {
            assertStored(Documents.json(random.json()));
        }
    }

    private static void assertStored(Publication publication) {
        String written = Documents.write(publication);
        Publication back = READER.readStored(written, publication.state());
        assertThat(back).isEqualTo(publication);
        assertThat(PidfWriter.write(ALICE, "t1", back, NOON)).isEqualTo(written);
    }

    @Test
    void composed_documents_are_valid_and_equal_ones_are_equal_bytes() throws IOException {
        RandomPublications random = new RandomPublications(6);
        Random counts = new Random(7);
        for (int i = 0; i < TRIES; i++) {
            List<PublishedTuple> tuples = new ArrayList<>();
            for (int t = counts.nextInt(4); t > 0; t--) {
                Publication publication = counts.nextBoolean()
                        ? Documents.json(random.json())
                        : READER.readPidf(random.pidf().getBytes(StandardCharsets.UTF_8), null, ALICE);
                tuples.add(new PublishedTuple("t" + t, NOON, publication));
            }
            Speaker speaker = tuples.isEmpty() ? null : Speaker.of(tuples.get(tuples.size() - 1));
            PresenceDocument document = new PresenceDocument(ALICE, State.ONLINE, speaker, tuples, i, null);
            String pidf = SchemaCheck.valid(PidfWriter.write(document));
            assertThat(PidfWriter.bytes(document)).isEqualTo(pidf.getBytes(StandardCharsets.UTF_8));
            assertThat(PidfWriter.write(copy(document))).isEqualTo(pidf);
            assertThat(JsonWriter.write(copy(document))).isEqualTo(JsonWriter.write(document));
            assertIsHarmlessJson(JsonWriter.write(document));
        }
    }

    private static PresenceDocument copy(PresenceDocument document) {
        List<PublishedTuple> tuples = new ArrayList<>();
        for (PublishedTuple tuple : document.tuples()) {
            Publication publication = tuple.publication();
            String stored = PidfWriter.write(ALICE, tuple.id(), publication, tuple.timestamp());
            tuples.add(new PublishedTuple(
                    tuple.id(), tuple.timestamp(), READER.readStored(stored, publication.state())));
        }
        Speaker speaker = document.speaker() == null ? null : Speaker.of(tuples.get(tuples.size() - 1));
        return new PresenceDocument(document.account(), document.state(), speaker, tuples, document.version(), null);
    }

    private static void assertIsHarmlessJson(byte[] json) throws IOException {
        assertThat(utf8(json)).doesNotContain("<", ">", "&", "\u2028", "\u2029", "\n");
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                parser.getText();
            }
        }
    }
}
