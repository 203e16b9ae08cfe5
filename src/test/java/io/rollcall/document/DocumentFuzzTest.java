package io.rollcall.document;

import static io.rollcall.document.Documents.ALICE;
import static io.rollcall.document.Documents.NOON;
import static io.rollcall.document.Documents.READER;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Whatever clients publish is refused, or can be shown by the schemas, kept, and read back as it was. */
class DocumentFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void pidf(byte[] body) {
        Publication publication;
        try {
            publication = READER.readPidf(body, null, ALICE);
        } catch (InvalidDocument refused) {
            // which elements may stand there is a long list
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        kept(publication);
        String written = SchemaCheck.valid(PidfWriter.write(ALICE, "t1", publication, NOON));
        assertThat(READER.readStored(written, publication.state())).isEqualTo(publication);
    }

    @FuzzTest(maxDuration = "10m")
    void json(byte[] body) {
        Publication publication;
        try {
            publication = READER.readJson(body);
        } catch (InvalidDocument refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1_000);
            return;
        }
        kept(publication);
        SchemaCheck.valid(PidfWriter.write(ALICE, "t1", publication, NOON));
    }

    @FuzzTest(maxDuration = "10m")
    void word(byte[] body) {
        OwnWord word;
        try {
            word = OwnWord.read(body, NOON);
        } catch (InvalidDocument refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1_000);
            return;
        }
        String written = new String(JsonWriter.write(word, NOON), StandardCharsets.UTF_8);
        assertThat(OwnWord.readStored(written)).isEqualTo(word);
        if (word.speaks()) {
            SchemaCheck.valid(PidfWriter.write(ALICE, "t1", word.over(null), NOON));
        }
    }

    @FuzzTest(maxDuration = "10m")
    void address(byte[] body) {
        Address.parse(new String(body, StandardCharsets.UTF_8)).ifPresent(address -> {
            assertThat(Address.parse(address.toString())).contains(address);
            assertThat(Address.parse(address.uri())).contains(address);
        });
    }

    private static void kept(Publication publication) {
        String stored = StoredForm.write(ALICE, "t1", publication, Instant.EPOCH);
        assertThat(StoredForm.read(stored, publication.state())).isEqualTo(publication);
    }
}
