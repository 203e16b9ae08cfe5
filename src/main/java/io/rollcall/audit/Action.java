package io.rollcall.audit;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be done that is kept in the audit log. */
public enum Action {
    SIGN_IN_REFUSED,
    CHANGE_RULES,
    DECIDE,
    TAKE_BACK_DECISION,
    READ_RULES,
    READ_WATCHERS,
    LOGIN,
    MODIFY,
    REFRESH,
    LOGOUT,
    READ_PRESENTITY,
    READ_PRESENCE,
    SET_PREFERRED,
    CLEAR_PREFERRED,
    READ_PREFERRED,
    READ_ACCOUNT,
    EXPORT_ACCOUNT,
    ERASE_ACCOUNT,
    READ_LIST,
    END_SUBSCRIPTION,
    READ_DEAD_LETTERS,
    REMOVE_DEAD_LETTER,
    EXPORT_AUDIT;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word that it is stored and shown by. */
    public String word() {
        return word;
    }

    /** The action of that word; empty where there is none. */
    public static Optional<Action> named(String word) {
        return Stream.of(values()).filter(action -> action.word.equals(word)).findFirst();
    }

    /**
     * Whether it is kept: of administrators whatever they do to others, changes of rules of everybody.
     *
     * @param target whom it is done to; null if that is no account
     */
    boolean isKeptOf(Caller by, @Nullable Address target) {
        return this == CHANGE_RULES
                || this == DECIDE
                || this == TAKE_BACK_DECISION
                || by.admin() && (target == null || !by.owns(target));
    }
}
