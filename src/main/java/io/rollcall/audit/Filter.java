package io.rollcall.audit;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted: those that fit all that is not null.
 *
 * @param from not before
 * @param until before
 */
public record Filter(
        @Nullable String actor,
        @Nullable String target,
        @Nullable Action action,
        @Nullable Instant from,
        @Nullable Instant until)
        implements Serializable {

    /** All entries. */
    public static final Filter ALL = new Filter(null, null, null, null, null);

    /** In a few words, for the log itself. */
    String describe() {
        StringBuilder words = new StringBuilder();
        append(words, "actor", actor);
        append(words, "target", target);
        append(words, "action", action == null ? null : action.word());
        append(words, "from", from);
        append(words, "until", until);
        return words.isEmpty() ? "all" : words.toString();
    }

    private static void append(StringBuilder words, String name, @Nullable Object value) {
        if (value != null) {
            words.append(words.isEmpty() ? "" : " ").append(name).append(' ').append(value);
        }
    }
}
