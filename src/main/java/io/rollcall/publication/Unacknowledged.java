package io.rollcall.publication;

import jakarta.jms.JMSException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are settled while the broker does not know it yet. If it goes away at that moment it delivers them again,
 * and they must not be stored again.
 */
final class Unacknowledged {
    /** More than are ever taken at once: what is delivered again may come in parts. */
    private static final int MOST = 1_024;

    private final Map<String, QueuedMessage> settled = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, QueuedMessage> eldest) {
            return size() > MOST;
        }
    };

    /** The same message as it was settled when it was delivered before, if it was. */
    @Nullable QueuedMessage find(QueuedMessage message) {
        String id = message.id();
        try {
            return id != null && message.message().getJMSRedelivered() ? settled.get(id) : null;
        } catch (JMSException unreadable) {
            return null;
        }
    }

    void add(QueuedMessage message) {
        String id = message.id();
        if (id != null) {
            settled.put(id, message);
        }
    }

    void remove(List<QueuedMessage> acknowledged) {
        for (QueuedMessage message : acknowledged) {
            settled.remove(String.valueOf(message.id()));
        }
    }
}
