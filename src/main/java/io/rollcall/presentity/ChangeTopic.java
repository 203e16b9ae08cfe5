package io.rollcall.presentity;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Topic;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The topic {@code rollcall.changes}, on which nodes tell each other what they stored. */
@ApplicationScoped
public class ChangeTopic {
    private static final Logger LOG = Logger.getLogger(ChangeTopic.class.getName());

    @Resource(lookup = "jms/connections")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/changes")
    private Topic topic;

    private volatile boolean failing;

    /** Sends the announcement; if the broker does not take it, every node finds the group by its number. */
    void announce(ChangeGroup group) {
        try (JMSContext context = connections.createContext()) {
            BytesMessage message = context.createBytesMessage();
            message.writeBytes(group.encode());
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setDisableMessageTimestamp(true)
                    .send(topic, message);
            failing = false;
        } catch (JMSException | JMSRuntimeException failure) {
            if (!failing) {
                LOG.log(Level.WARNING, "The broker does not take announcements; changes reach watchers by polling", failure);
            }
            failing = true;
        }
    }

    /** Whether the broker can be reached. */
    public boolean reachable() {
        try (JMSContext context = connections.createContext()) {
            return context.getMetaData().getJMSMajorVersion() > 0;
        } catch (JMSException | JMSRuntimeException failure) {
            return false;
        }
    }
}
