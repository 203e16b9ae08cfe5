package io.rollcall.notification;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bringing of one account's state to its watchers: those who see the same share one notification. */
final class Delivery {
    private final @Nullable Long number;
    private final long rulesOnlySince;
    private final Map<Rendition, Notification> notifications = new IdentityHashMap<>(2);
    private @Nullable Rendition lastRendition;
    private @Nullable Notification lastNotification;

    /**
     * @param number what server-sent events carry as their id; null for none
     * @param rulesOnlySince the version since which nothing but rules changed; {@link Long#MAX_VALUE} if more did
     */
    Delivery(@Nullable Long number, long rulesOnlySince) {
        this.number = number;
        this.rulesOnlySince = rulesOnlySince;
    }

    /** News that may hold anything. */
    static Delivery of(@Nullable Long number) {
        return new Delivery(number, Long.MAX_VALUE);
    }

    /** Whether one who saw the account at that version, and for whom the same decision holds, has nothing to learn. */
    boolean changesOnlyRulesSince(long version) {
        return version >= rulesOnlySince;
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
