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

    /** Sends these in one transaction, persistently and in this order; waits until the broker has them. */
    public Outcome send(List<NotificationMessage> messages) {
        // no JMSContext: outside of JTA Artemis' adapter has transactions in sessions only
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            send(messages, session);
            return Outcome.TAKEN;
        } catch (JMSException | RuntimeException failure) {
            LOG.log(Level.FINE, "The broker does not take notifications", failure);
            return Outcome.failed("the broker does not take messages");
        }
    }

    private void send(List<NotificationMessage> messages, Session session) throws JMSException {
        try (MessageProducer producer = session.createProducer(topic)) {
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            for (NotificationMessage notification : messages) {
                TextMessage message = session.createTextMessage();
                notification.writeTo(message);
                producer.send(message);
            }
            session.commit();
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
