package io.rollcall.policy;

import java.util.Locale;
import java.util.Optional;

/** How much of {@code user-input} is provided, least first (RFC 5025 §3.3.2.12). */
public enum UserInput {
    FALSE,
    /** Whether it is active or idle. */
    BARE,
    /** And after what time it counts as idle. */
    THRESHOLDS,
    /** And when the last input was. */
    FULL;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    public static Optional<UserInput> named(String word) {
        for (UserInput value : values()) {
            if (value.word.equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    UserInput or(UserInput other) {
        return compareTo(other) < 0 ? other : this;
    }
}
