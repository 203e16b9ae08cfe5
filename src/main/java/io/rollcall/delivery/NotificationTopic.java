package io.rollcall.delivery;

import io.rollcall.message.NotificationMessage;
import io.rollcall.webhook.Outcome;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The topic {@code rollcall.notifications}: what watchers are told over JMS. */
@ApplicationScoped
public class NotificationTopic {
    private static final Logger LOG = Logger.getLogger(NotificationTopic.class.getName());

    @Resource(lookup = "jms/connections")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/notifications")
    private Topic topic;

    /**
     * Sends these in one transaction, persistently and in this order; waits until the broker has them.
     *
     * @param wanted whether they still are to be sent; asked at the last moment, for a broker may have hung until then
     */
    public Outcome send(List<NotificationMessage> messages, BooleanSupplier wanted) {
        // no JMSContext: outside of JTA Artemis' adapter has transactions in sessions only
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            return send(messages, session, wanted) ? Outcome.TAKEN : Outcome.failed("it came too late");
        } catch (JMSException | RuntimeException failure) {
            LOG.log(Level.FINE, "The broker does not take notifications", failure);
            return Outcome.failed("the broker does not take messages");
        }
    }

    private boolean send(List<NotificationMessage> messages, Session session, BooleanSupplier wanted) throws JMSException {
        try (MessageProducer producer = session.createProducer(topic)) {
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            for (NotificationMessage notification : messages) {
                TextMessage message = session.createTextMessage();
                notification.writeTo(message);
                producer.send(message);
            }
            boolean inTime = wanted.getAsBoolean();
            if (inTime) {
                session.commit();
            } else {
                session.rollback();
            }
            return inTime;
        } catch (JMSException | RuntimeException failure) {
            rollBack(session, failure);
            throw failure;
        }
    }

    /** The session may be used again: nothing of this must be left in it. */
    private static void rollBack(Session session, Exception reason) {
        try {
            session.rollback();
        } catch (JMSException | RuntimeException failure) {
            reason.addSuppressed(failure);
        }
    }
}
