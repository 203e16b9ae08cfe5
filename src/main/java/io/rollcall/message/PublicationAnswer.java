package io.rollcall.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link PublicationMessage}. Its {@code JMSCorrelationID} is that of the request, or the request's
 * message id where it had none. It is sent after the commit; where it does not come, nothing is known.
 *
 * @param status the status code that HTTP would have: 201 of a log-in, 200, 204 of a log-out; 400 and more of a refusal
 * @param tuple of the presentity; null in a refusal
 * @param etag for the next message; null in a refusal and after a log-out
 * @param expires the granted seconds; null where there is no tag
 * @param body the presentity as it is stored, in the form that was published, JSON without one; of a refusal
 *     {@code application/problem+json} (RFC 9457), whose {@code detail} says what to do; null after a log-out
 */
public record PublicationAnswer(
        int status, @Nullable String tuple, @Nullable String etag, @Nullable Long expires, @Nullable String body) {

    public static final String STATUS = "status";

    private static final int FIRST_REFUSAL = 400;

    /** Whether it was stored. */
    public boolean success() {
        return status < FIRST_REFUSAL;
    }

    /**
     * Reads an answer.
     *
     * @throws InvalidMessage if it is none of Rollcall's
     */
    public static PublicationAnswer read(Message message) throws JMSException {
        if (!(message instanceof TextMessage text) || !message.propertyExists(STATUS)) {
            throw new InvalidMessage("An answer is a TextMessage with the property " + STATUS);
        }
        return new PublicationAnswer(
                message.getIntProperty(STATUS),
                message.getStringProperty(PublicationMessage.TUPLE),
                message.getStringProperty(PublicationMessage.ETAG),
                message.propertyExists(PublicationMessage.EXPIRES)
                        ? (Long) message.getLongProperty(PublicationMessage.EXPIRES)
                        : null,
                text.getText());
    }

    /** Fills in a message, body and properties. */
    public void writeTo(TextMessage message) throws JMSException {
        message.setIntProperty(STATUS, status);
        if (tuple != null) {
            message.setStringProperty(PublicationMessage.TUPLE, tuple);
        }
        if (etag != null) {
            message.setStringProperty(PublicationMessage.ETAG, etag);
        }
        if (expires != null) {
            message.setLongProperty(PublicationMessage.EXPIRES, expires);
        }
        message.setText(body);
    }
}
