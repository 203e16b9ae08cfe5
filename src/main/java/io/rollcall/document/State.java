package io.rollcall.document;

import java.util.Locale;
import java.util.Optional;

/** What a presentity says of itself in one word. */
public enum State {
    ONLINE,
    BUSY,
    AWAY,
    OFFLINE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The lower-case word that documents carry. */
    public String word() {
        return word;
    }

    /** The basic status that goes with the state (RFC 3863 §4.1.4). */
    public Basic basic() {
        return this == OFFLINE ? Basic.CLOSED : Basic.OPEN;
    }

    /** The state that a word names, in lower case as documents carry it. */
    public static Optional<State> of(String word) {
        for (State state : values()) {
            if (state.word.equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
