package io.rollcall.samples.ee;

import io.rollcall.message.NotificationMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of each account. */
@ApplicationScoped
public class Board {
    private final Map<String, NotificationMessage> newest = new ConcurrentHashMap<>();

    /** Remembers a notification, unless a newer one has come. */
    void put(NotificationMessage notification) {
        if (notification.isPresence()) {
            newest.merge(
                    notification.account(),
                    notification,
                    (known, arrived) -> arrived.version() > known.version() ? arrived : known);
        }
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(newest).forEach((account, notification) -> lines.append(account)
                .append(" is ")
                .append(notification.state())
                .append('\n'));
        return lines.toString();
    }
}
