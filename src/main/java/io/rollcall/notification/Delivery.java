package io.rollcall.notification;

import org.jspecify.annotations.Nullable;

/** The bringing of one account's state to its watchers: those who see the same share one notification. */
final class Delivery {
    private final @Nullable Long number;
    private final boolean rulesOnly;
    private @Nullable Rendition lastRendition;
    private @Nullable Notification lastNotification;

    /**
     * @param number what server-sent events carry as their id; null for none
     * @param rulesOnly nothing but rules changed: whoever the same decision is made for has nothing to learn
     */
    Delivery(@Nullable Long number, boolean rulesOnly) {
        this.number = number;
        this.rulesOnly = rulesOnly;
    }

    boolean rulesOnly() {
        return rulesOnly;
    }

    Notification notification(Rendition rendition) {
        Notification notification = lastNotification;
        if (notification == null || lastRendition != rendition) {
            notification = Notification.presence(rendition, number);
            lastRendition = rendition;
            lastNotification = notification;
        }
        return notification;
    }
}
