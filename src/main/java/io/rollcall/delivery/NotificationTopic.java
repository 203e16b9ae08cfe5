package io.rollcall.delivery;

import io.rollcall.message.NotificationMessage;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.transaction.UserTransaction;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The topic {@code rollcall.notifications}: what watchers are told over JMS. */
@ApplicationScoped
public class NotificationTopic {
    private static final Logger LOG = Logger.getLogger(NotificationTopic.class.getName());

    @Resource(lookup = "jms/deliveries")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/notifications")
    private Topic topic;

    @Resource
    private UserTransaction transaction;

    /** Sends these in one transaction, persistently and in this order; waits until the broker has them. */
    public Outcome send(List<NotificationMessage> messages) {
        try {
            transaction.begin();
        } catch (Exception failure) {
            return failed(failure);
        }
        try (JMSContext context = connections.createContext()) {
            JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT);
            for (NotificationMessage notification : messages) {
                TextMessage message = context.createTextMessage();
                notification.writeTo(message);
                producer.send(topic, message);
            }
        } catch (JMSException | RuntimeException failure) {
            rollBack(failure);
            return failed(failure);
        }
        try {
            transaction.commit();
            return Outcome.TAKEN;
        } catch (Exception failure) {
            return failed(failure);
        }
    }

    private void rollBack(Exception reason) {
        try {
            transaction.rollback();
        } catch (Exception failure) {
            reason.addSuppressed(failure);
        }
    }

    private static Outcome failed(Exception failure) {
        LOG.log(Level.FINE, "The broker does not take notifications", failure);
        return Outcome.failed("the broker does not take messages");
    }
}
