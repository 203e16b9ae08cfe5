package io.rollcall.samples.ee;

import io.rollcall.message.InvalidMessage;
import io.rollcall.message.NotificationMessage;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Is told what its watcher has subscribed to. Which topic, which watcher, and that nothing may be missed while the
 * application is stopped, is in the server's configuration.
 */
@MessageDriven
public class PresenceListener implements MessageListener {
    private static final Logger LOG = Logger.getLogger(PresenceListener.class.getName());

    @Inject
    private Board board;

    @Override
    public void onMessage(Message message) {
        try {
            board.put(NotificationMessage.read(message));
        } catch (InvalidMessage notRollcalls) {
            // it would not become better by being delivered again
            LOG.log(Level.WARNING, "A message on the topic is none of Rollcall's", notRollcalls);
        } catch (JMSException failure) {
            // rolled back, delivered again, and after some attempts a dead letter
            throw new EJBException(failure);
        }
    }
}
