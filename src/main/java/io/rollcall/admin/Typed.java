package io.rollcall.admin;

import io.rollcall.document.Address;
import org.jspecify.annotations.Nullable;

/** What was typed to look for something. */
final class Typed {
    private Typed() {}

    /** Null if there is nothing but blanks. */
    static @Nullable String text(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /** An account's address if it is one, in whatever form; else as it is, which fits nothing. */
    static @Nullable String account(@Nullable String typed) {
        String text = text(typed);
        return text == null ? null : Address.parse(text).map(Address::toString).orElse(text);
    }
}
