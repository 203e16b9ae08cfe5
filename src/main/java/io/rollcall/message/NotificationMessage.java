package io.rollcall.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher is told of an account on the topic {@link Destinations#NOTIFICATIONS}. All but the body are properties
 * of the message, for selectors: {@code watcher = 'bob@example.com' AND basic = 'open'}.
 *
 * @param event {@code presence}, or {@code subscription} for what became of the watcher's wish to see the account
 * @param watcher the account that is told
 * @param account the account that it is told of
 * @param domain the domain of that account
 * @param state {@code online}, {@code busy}, {@code away} or {@code offline}; of a subscription {@code active}, {@code
 *     pending} or {@code terminated} (RFC 6665 §4.1.2)
 * @param basic {@code open} or {@code closed} (RFC 3863 §4.1.4); null for a subscription
 * @param version the account's; it grows with each change, so a message whose version is not higher is old; null for a
 *     subscription
 * @param body the document, JSON or PIDF as the subscription says; of a subscription a JSON object with its {@code
 *     account}, {@code state} and {@code reason}
 */
public record NotificationMessage(
        String event,
        String watcher,
        String account,
        String domain,
        String state,
        @Nullable String basic,
        @Nullable Long version,
        String body) {

    /** The event of a message that carries a document. */
    public static final String PRESENCE = "presence";

    /** The event of a message that carries a state of the subscription. */
    public static final String SUBSCRIPTION = "subscription";

    public static final String EVENT = "event";
    public static final String WATCHER = "watcher";
    public static final String ACCOUNT = "account";
    public static final String DOMAIN = "domain";
    public static final String STATE = "state";
    public static final String BASIC = "basic";
    public static final String VERSION = "version";

    /**
     * Reads a message of the topic.
     *
     * @throws InvalidMessage if it is none of Rollcall's
     */
    public static NotificationMessage read(Message message) throws JMSException {
        if (!(message instanceof TextMessage text) || text.getText() == null) {
            throw new InvalidMessage("A notification is a TextMessage with a body");
        }
        String event = required(message, EVENT);
        boolean presence = event.equals(PRESENCE);
        return new NotificationMessage(
                event,
                required(message, WATCHER),
                required(message, ACCOUNT),
                required(message, DOMAIN),
                required(message, STATE),
                presence ? required(message, BASIC) : null,
                presence ? version(message) : null,
                text.getText());
    }

    /** Whether it carries a presence document. */
    public boolean isPresence() {
        return event.equals(PRESENCE);
    }

    /** Fills in a message, body and properties. */
    public void writeTo(TextMessage message) throws JMSException {
        message.setStringProperty(EVENT, event);
        message.setStringProperty(WATCHER, watcher);
        message.setStringProperty(ACCOUNT, account);
        message.setStringProperty(DOMAIN, domain);
        message.setStringProperty(STATE, state);
        if (basic != null) {
            message.setStringProperty(BASIC, basic);
        }
        if (version != null) {
            message.setLongProperty(VERSION, version);
        }
        message.setText(body);
    }

    private static String required(Message message, String name) throws JMSException {
        String value = message.getStringProperty(name);
        if (value == null) {
            throw new InvalidMessage("A notification has the property " + name);
        }
        return value;
    }

    private static Long version(Message message) throws JMSException {
        try {
            return message.getLongProperty(VERSION);
        } catch (NumberFormatException missing) {
            throw new InvalidMessage("A notification has the property " + VERSION + ", a long");
        }
    }
}
