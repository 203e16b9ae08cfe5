package io.rollcall.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A remark for people (RFC 3863 §4.1.6).
 *
 * @param language its language tag (BCP 47), or null where the client gave none
 */
public record Note(@Nullable String language, String text) {

    /** The text of the first note without a language, else of the first; null when there is none. */
    static @Nullable String first(List<Note> notes) {
        for (Note note : notes) {
            if (note.language == null) {
                return note.text;
            }
        }
        return notes.isEmpty() ? null : notes.get(0).text;
    }
}
