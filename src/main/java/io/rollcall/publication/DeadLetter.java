package io.rollcall.publication;

import io.rollcall.message.PublicationMessage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be taken, or that the broker could not deliver.
 *
 * @param at when it was put away
 * @param origin where it had been sent to
 * @param body its beginning; null if it is no text
 */
public record DeadLetter(
        String id,
        Instant at,
        @Nullable String origin,
        @Nullable String account,
        @Nullable String action,
        int status,
        @Nullable String problem,
        String reason,
        @Nullable String body) {

    private static final int MOST_OF_BODY = 2_000;

    static DeadLetter of(Message message) throws JMSException {
        String reason = text(message, DeadLetters.REASON);
        return new DeadLetter(
                message.getJMSMessageID(),
                Instant.ofEpochMilli(message.getJMSTimestamp()),
                text(message, DeadLetters.ORIGIN),
                text(message, PublicationMessage.ACCOUNT),
                text(message, PublicationMessage.ACTION),
                message.propertyExists(DeadLetters.STATUS) ? message.getIntProperty(DeadLetters.STATUS) : 0,
                text(message, DeadLetters.PROBLEM),
                reason == null ? "The broker gave up delivering it" : reason,
                message instanceof TextMessage text ? beginning(text.getText()) : null);
    }

    public JsonObject toJson() {
        JsonObjectBuilder json = Json.createObjectBuilder().add("id", id).add("at", at.toString());
        add(json, "origin", origin);
        add(json, "account", account);
        add(json, "action", action);
        json.add("status", status);
        add(json, "problem", problem);
        add(json, "reason", reason);
        add(json, "body", body);
        return json.build();
    }

    private static void add(JsonObjectBuilder json, String name, @Nullable String value) {
        if (value == null) {
            json.addNull(name);
        } else {
            json.add(name, value);
        }
    }

    private static @Nullable String text(Message message, String name) throws JMSException {
        Object value = message.getObjectProperty(name);
        return value == null ? null : value.toString();
    }

    private static @Nullable String beginning(@Nullable String text) {
        return text == null ? null : text.substring(0, Math.min(text.length(), MOST_OF_BODY));
    }
}
