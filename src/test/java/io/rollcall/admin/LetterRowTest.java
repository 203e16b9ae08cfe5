package io.rollcall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.publication.DeadLetter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What anybody may have written, in a page that is XML. */
class LetterRowTest {
    private static LetterRow row(int status, String body) {
        return LetterRow.of(new DeadLetter("ID:1", Instant.EPOCH, null, "a\u0007b", null, status, null, "why", body));
    }

    @Test
    void nothing_is_in_it_that_xml_cannot_hold() {
        LetterRow row = row(404, "\u0000<b>\ud83d\ude00\ud800\uffff\n");

        assertThat(row.account()).isEqualTo("a\ufffdb");
        assertThat(row.beginning()).isEqualTo("\ufffd<b>\ud83d\ude00\ufffd\ufffd\n");
        assertThat(row.more()).isFalse();
        assertThat(row.reason()).isEqualTo("404: why");
    }

    @Test
    void a_long_one_is_cut_between_characters() {
        LetterRow row = row(0, "\ud83d\ude00".repeat(300));

        assertThat(row.beginning()).isEqualTo("\ud83d\ude00".repeat(200));
        assertThat(row.more()).isTrue();
        assertThat(row.reason()).isEqualTo("why");
        assertThat(row(0, null).beginning()).isEmpty();
    }
}
