package io.rollcall.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a watcher's wish to see an account is handled, lowest first (RFC 5025 §3.2.1). */
public enum Handling {
    /** Refused, and told so. */
    BLOCK,
    /** Left waiting for the owner's decision; sees nothing until then. */
    CONFIRM,
    /** Shown an offline account, whatever is true. */
    POLITE_BLOCK,
    /** Shown the truth. */
    ALLOW;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word that documents carry, such as {@code polite-block}. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException naming the allowed words, if the word is none of them */
    public static Handling named(String word) {
        for (Handling handling : values()) {
            if (handling.word.equals(word)) {
                return handling;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is none of "
                + Arrays.stream(values()).map(Handling::word).collect(Collectors.joining(", ")));
    }
}
