package io.rollcall.samples;

import io.rollcall.message.Destinations;
import io.rollcall.message.NotificationMessage;
import io.rollcall.message.Presence;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.HashMap;
import java.util.Map;

/**
 * Is told of what a watcher has subscribed to. The subscription to the topic is durable, so that nothing is missed while
 * this does not run, and shared, so that several of it may run and share the work.
 */
public final class Consumer {
    private Consumer() {}

    /** @param args the watcher, {@code bob@example.com}; and after how many notifications to end, if it is to end */
    public static void main(String[] args) throws JMSException {
        String watcher = args[0];
        int left = args.length > 1 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE;
        Map<String, Long> versions = new HashMap<>();
        try (JMSContext broker = ArtemisBroker.connect();
                JMSConsumer notifications = broker.createSharedDurableConsumer(
                        broker.createTopic(Destinations.NOTIFICATIONS),
                        "sample of " + watcher,
                        NotificationMessage.WATCHER + " = '" + watcher + "'")) {
            for (; left > 0; left--) {
                Message message = notifications.receive();
                if (message == null) {
                    return;
                }
                show(NotificationMessage.read(message), versions);
            }
        }
    }

    private static void show(NotificationMessage notification, Map<String, Long> versions) {
        String account = notification.account();
        if (!notification.isPresence()) {
            System.out.println("the subscription to " + account + " is " + notification.state());
        } else if (notification.version() > versions.getOrDefault(account, -1L)) {
            // one that is not higher came twice, or late
            versions.put(account, notification.version());
            Presence presence = Presence.read(notification.body());
            System.out.println(account + " is " + presence.state() + ' ' + presence.activities());
        }
    }
}
