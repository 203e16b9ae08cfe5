package io.rollcall.notification;

import io.rollcall.document.PresenceDocument;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bringing of one account's state to its watchers: those who see the same share one notification. */
final class Broadcast {
    private final long number;
    private final long millis = System.currentTimeMillis();
    private final Map<Rendition, Notification> notifications = new IdentityHashMap<>(2);
    private @Nullable Rendition lastRendition;
    private @Nullable Notification lastNotification;
    private @Nullable Rendition compared;
    private @Nullable PresenceDocument comparedWith;
    private boolean same;

    /** @param number what server-sent events carry as their id */
    Broadcast(long number) {
        this.number = number;
    }

    /** When it began, in milliseconds since 1970. */
    long millis() {
        return millis;
    }

    /**
     * Whether a watcher sees by a view what it was shown before. Most were shown the same as the one before them: then
     * nothing is compared.
     */
    boolean showsSame(@Nullable PresenceDocument before, View view) {
        if (before == null) {
            return false;
        }
        if (compared != view.rendition() || comparedWith != before) {
            same = view.showsSameAs(before);
            compared = view.rendition();
            comparedWith = before;
        }
        return same;
    }

    Notification notification(Rendition rendition) {
        Notification notification = lastNotification;
        if (notification == null || lastRendition != rendition) {
            notification = notifications.computeIfAbsent(rendition, any -> Notification.presence(rendition, number));
            lastRendition = rendition;
            lastNotification = notification;
        }
        return notification;
    }
}
