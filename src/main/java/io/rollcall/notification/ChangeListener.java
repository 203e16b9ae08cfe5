package io.rollcall.notification;

import io.rollcall.metrics.Alarm;
import io.rollcall.presentity.ChangeGroup;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.subscription.SubscriptionLists;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.nio.charset.StandardCharsets;
import java.util.logging.Logger;

/**
 * Takes the announcements of all nodes from the topic {@code rollcall.changes}. Without a transaction: an announcement is
 * a hint, and what is lost is found by its number.
 */
@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChangeListener implements MessageListener {
    private static final Logger LOG = Logger.getLogger(ChangeListener.class.getName());

    @Inject
    private Notifier notifier;

    @Inject
    private WatcherFeeds feeds;

    @Inject
    private LiveSubscriptions live;

    @Inject
    private Event<SubscriptionLists.Changed> lists;

    @Inject
    private ChangeTopic topic;

    @Override
    public void onMessage(Message message) {
        ChangeGroup group;
        try {
            BytesMessage body = (BytesMessage) message;
            byte[] bytes = new byte[Math.toIntExact(body.getBodyLength())];
            body.readBytes(bytes);
            String type = message.getJMSType();
            if (type != null) {
                take(type, new String(bytes, StandardCharsets.UTF_8));
                return;
            }
            group = ChangeGroup.decode(bytes);
        } catch (JMSException | RuntimeException unreadable) {
            // redelivery would not help; the sweep finds the group in the database
            Alarm.ANNOUNCEMENT_UNREADABLE.raise(
                    LOG, "An announcement cannot be read: is a node of another release running?", unreadable);
            return;
        }
        notifier.announced(group);
    }

    private void take(String type, String text) {
        switch (type) {
            case ChangeTopic.WATCHERS -> feeds.touched(text.lines().toList());
            case ChangeTopic.ECHO -> topic.heard(text);
            case ChangeTopic.QUESTION -> live.asked(text);
            case ChangeTopic.ANSWER -> live.answered(text);
            case ChangeTopic.END -> live.endHere(text);
            case ChangeTopic.LIST -> lists.fire(new SubscriptionLists.Changed(text));
            default -> LOG.fine(() -> "A node of another release says: " + type);
        }
    }
}
