package io.rollcall.notification;

import io.rollcall.directory.Groups;
import io.rollcall.presentity.ChangeLog;
import io.rollcall.subscription.SubscriptionList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells whether one who has seen everything up to a number need see only what changed since. */
@ApplicationScoped
class Resumption {
    /** By then every node's open streams follow a change of their list or groups. */
    private static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(10);
    /** A list that never changed says so. */
    private static final Instant UNCHANGED = Instant.ofEpochMilli(1);

    @Inject
    private ChangeLog log;

    @Inject
    private Groups groups;

    /**
     * The number to resume after; null if everything has to be shown. One who saw everything before its wish came to mean
     * other accounts has not seen those.
     *
     * @param list what the wish is that of; null if it is that of the request alone
     */
    @Nullable Long after(@Nullable Long id, Wish wish, @Nullable SubscriptionList list) {
        Instant changed = list == null ? Instant.EPOCH : list.changedAt();
        if (!wish.groups().isEmpty() && groups.changedAt().isAfter(changed)) {
            changed = groups.changedAt();
        }
        boolean always = !changed.isAfter(UNCHANGED);
        return id == null || always || log.isAfter(id, changed.plus(FOLLOWED_WITHIN)) ? id : null;
    }
}
