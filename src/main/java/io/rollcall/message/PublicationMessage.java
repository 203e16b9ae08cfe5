package io.rollcall.message;

import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service publishes for an account over the queue {@link Destinations#PUBLICATIONS} (RFC 3903 §4.1). All but the
 * body are properties of the message. Set {@code JMSReplyTo} to be answered with a {@link PublicationAnswer}; without it
 * a message that cannot be taken goes to {@link Destinations#DEAD_LETTERS}.
 *
 * @param account whom it is published for, {@code alice@example.com}
 * @param tuple the id that the answer to the log-in gave; null for a log-in
 * @param etag the entity-tag that the last answer gave, or {@code *} for whatever is there; null for a log-in
 * @param expires seconds until it ends unless it is refreshed; null leaves it to the server
 * @param body the document, JSON or PIDF; null for a refresh and a log-out
 */
public record PublicationMessage(
        String account,
        Action action,
        @Nullable String tuple,
        @Nullable String etag,
        @Nullable Long expires,
        @Nullable String body) {

    public static final String ACCOUNT = "account";
    public static final String ACTION = "action";
    public static final String TUPLE = "tuple";
    public static final String ETAG = "etag";
    public static final String EXPIRES = "expires";

    /** Messages of one group are taken in their order, by whatever number of servers: a group is what is one account's. */
    private static final String GROUP = "JMSXGroupID";

    /** The entity-tag that matches whatever is there: the last message wins. */
    public static final String ANY = "*";

    /** What is to be done. */
    public enum Action {
        LOGIN,
        MODIFY,
        REFRESH,
        LOGOUT;

        /** The word that messages carry. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The action that a word names. */
        public static Optional<Action> of(String word) {
            for (Action action : values()) {
                if (action.word().equals(word)) {
                    return Optional.of(action);
                }
            }
            return Optional.empty();
        }
    }

    /** Logs a new presentity in. */
    public static PublicationMessage login(String account, String body) {
        return new PublicationMessage(account, Action.LOGIN, null, null, null, body);
    }

    /** Changes its state. */
    public static PublicationMessage modify(String account, String tuple, String etag, String body) {
        return new PublicationMessage(account, Action.MODIFY, tuple, etag, null, body);
    }

    /** Says that it goes on as before. */
    public static PublicationMessage refresh(String account, String tuple, String etag) {
        return new PublicationMessage(account, Action.REFRESH, tuple, etag, null, null);
    }

    /** Logs it out. */
    public static PublicationMessage logout(String account, String tuple, String etag) {
        return new PublicationMessage(account, Action.LOGOUT, tuple, etag, null, null);
    }

    /** The same, to end after so many seconds. */
    public PublicationMessage expiringIn(long seconds) {
        return new PublicationMessage(account, action, tuple, etag, seconds, body);
    }

    /** Fills in a message, body and properties. */
    public void writeTo(TextMessage message) throws JMSException {
        message.setStringProperty(GROUP, account);
        message.setStringProperty(ACCOUNT, account);
        message.setStringProperty(ACTION, action.word());
        if (tuple != null) {
            message.setStringProperty(TUPLE, tuple);
        }
        if (etag != null) {
            message.setStringProperty(ETAG, etag);
        }
        if (expires != null) {
            message.setLongProperty(EXPIRES, expires);
        }
        message.setText(body);
    }
}
