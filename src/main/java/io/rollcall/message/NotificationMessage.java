package io.rollcall.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;

/**
 * What a watcher is told of an account on the topic {@link Destinations#NOTIFICATIONS}. All but the body are properties
 * of the message, for selectors: {@code watcher = 'bob@example.com' AND basic = 'open'}.
 *
 * @param watcher the account that is told
 * @param account the account that it is told of
 * @param domain the domain of that account
 * @param state {@code online}, {@code busy}, {@code away} or {@code offline}
 * @param basic {@code open} or {@code closed} (RFC 3863 §4.1.4)
 * @param version the account's; it grows with each change, so a message whose version is not higher is old
 * @param body the document, JSON or PIDF as the subscription says
 */
public record NotificationMessage(
        String watcher, String account, String domain, String state, String basic, long version, String body) {

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
        return new NotificationMessage(
                required(message, WATCHER),
                required(message, ACCOUNT),
                required(message, DOMAIN),
                required(message, STATE),
                required(message, BASIC),
                version(message),
                text.getText());
    }

    /** Fills in a message, body and properties. */
    public void writeTo(TextMessage message) throws JMSException {
        message.setStringProperty(WATCHER, watcher);
        message.setStringProperty(ACCOUNT, account);
        message.setStringProperty(DOMAIN, domain);
        message.setStringProperty(STATE, state);
        message.setStringProperty(BASIC, basic);
        message.setLongProperty(VERSION, version);
        message.setText(body);
    }

    private static String required(Message message, String name) throws JMSException {
        String value = message.getStringProperty(name);
        if (value == null) {
            throw new InvalidMessage("A notification has the property " + name);
        }
        return value;
    }

    private static long version(Message message) throws JMSException {
        try {
            return message.getLongProperty(VERSION);
        } catch (NumberFormatException missing) {
            throw new InvalidMessage("A notification has the property " + VERSION + ", a long");
        }
    }
}
