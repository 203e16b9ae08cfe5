package io.rollcall.publication;

import io.rollcall.document.Address;
import io.rollcall.document.InvalidDocument;
import io.rollcall.document.Publication;
import io.rollcall.http.Requests;
import io.rollcall.message.PublicationMessage;
import io.rollcall.message.PublicationMessage.Action;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A publication as a message brings it (see {@link PublicationMessage}).
 *
 * @param tuple of a log-in, the one that it will have: the same however often the message is delivered
 * @param tag {@code *} of a log-in
 * @param publication null where nothing new is published
 * @param form in which the answer is given
 * @param size bytes of the document
 * @param again whether it is a log-in that was stored when the message was delivered before
 */
record QueuedPublication(
        Address account,
        Action action,
        String tuple,
        String tag,
        @Nullable Long expires,
        @Nullable Publication publication,
        PublishedForm form,
        int size,
        boolean again) {

    /** Longer than anything that could be meant. */
    private static final int MOST_CHARACTERS = 512;

    /**
     * Reads a message. Properties it does not know are nobody's concern.
     *
     * @throws Problem if a property is missing or wrong, or the message is no TextMessage
     * @throws InvalidDocument if its document cannot be taken
     */
    static QueuedPublication read(Message message) throws JMSException {
        if (!(message instanceof TextMessage text)) {
            throw new Problem(Kind.UNSUPPORTED_MEDIA_TYPE, "Send a TextMessage with PIDF or JSON in it");
        }
        Address account = Requests.address(required(message, PublicationMessage.ACCOUNT));
        String word = required(message, PublicationMessage.ACTION);
        Action action = Action.of(word)
                .orElseThrow(
                        () -> invalid("The property action is login, modify, refresh or logout; not '" + word + "'"));
        String body = withoutByteOrderMark(text.getText());
        boolean publishes = action == Action.LOGIN || action == Action.MODIFY;
        if (publishes == (body == null || body.isBlank())) {
            throw invalid(
                    publishes
                            ? "A " + word + " publishes a document: send PIDF or JSON"
                            : "A " + word + " publishes nothing: send modify, or no body");
        }
        PublishedForm form = publishes ? PublishedForm.of(body) : PublishedForm.JSON;
        byte[] document = publishes ? utf8(body) : new byte[0];
        return new QueuedPublication(
                account,
                action,
                tuple(message, action, account),
                action == Action.LOGIN ? PublicationChange.ANY : tag(message),
                expires(message),
                publishes ? form.read(document, account) : null,
                form,
                document.length,
                false);
    }

    /** The same, as one that was stored when the message was delivered before. */
    QueuedPublication storedBefore() {
        return new QueuedPublication(account, action, tuple, tag, expires, publication, form, size, true);
    }

    private static String tuple(Message message, Action action, Address account) throws JMSException {
        String tuple = text(message, PublicationMessage.TUPLE);
        if (action != Action.LOGIN) {
            return tuple == null ? required(message, PublicationMessage.TUPLE) : tuple;
        }
        if (tuple != null) {
            throw invalid("A login is given its tuple: send modify, or no property tuple");
        }
        String id = message.getJMSMessageID();
        return id == null ? TupleIds.random() : TupleIds.of(account + " " + id);
    }

    private static String tag(Message message) throws JMSException {
        String tag = text(message, PublicationMessage.ETAG);
        if (tag == null) {
            throw new Problem(
                    Kind.CONDITION_REQUIRED, "Send the property etag as the last answer carried it, or * for whatever is there");
        }
        return tag;
    }

    private static @Nullable Long expires(Message message) throws JMSException {
        Object seconds = message.getObjectProperty(PublicationMessage.EXPIRES);
        return Requests.seconds(seconds == null ? null : seconds.toString());
    }

    private static String required(Message message, String name) throws JMSException {
        String value = text(message, name);
        if (value == null) {
            throw invalid("Send the property " + name);
        }
        return value;
    }

    private static @Nullable String text(Message message, String name) throws JMSException {
        Object value = message.getObjectProperty(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw invalid("The property " + name + " is a string");
        }
        if (text.isBlank() || text.length() > MOST_CHARACTERS) {
            throw invalid("The property " + name + " has 1 to " + MOST_CHARACTERS + " characters");
        }
        return text;
    }

    private static @Nullable String withoutByteOrderMark(@Nullable String body) {
        return body != null && body.startsWith("\ufeff") ? body.substring(1) : body;
    }

    private static byte[] utf8(String body) {
        if (body.length() > PublishedForm.MOST_BYTES) {
            throw tooLarge();
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(body));
            if (bytes.remaining() > PublishedForm.MOST_BYTES) {
                throw tooLarge();
            }
            byte[] document = new byte[bytes.remaining()];
            bytes.get(document);
            return document;
        } catch (CharacterCodingException halfASurrogatePair) {
            throw new InvalidDocument("The body holds what is no character", halfASurrogatePair);
        }
    }

    private static Problem tooLarge() {
        return new Problem(Kind.TOO_LARGE, "The body may have at most " + PublishedForm.MOST_BYTES + " bytes in UTF-8");
    }

    private static Problem invalid(String detail) {
        return new Problem(Kind.INVALID_REQUEST, detail);
    }
}
