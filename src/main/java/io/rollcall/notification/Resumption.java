package io.rollcall.notification;

import io.rollcall.directory.Groups;
import io.rollcall.presentity.ChangeLog;
import io.rollcall.subscription.SubscriptionList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one who has seen everything up to a number need see: only what changed since, if that can be told. */
@ApplicationScoped
class Resumption {
    /** By then every node's open streams follow a change of their list or groups. */
    private static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(10);
    /** More groups than this are not looked through for what a watcher missed: it is sent everything. */
    private static final int MOST_GROUPS = 200;
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

    /** The accounts that changed after a number; null if that is too long ago to tell. */
    @Nullable Set<String> changedSince(long number) {
        long last = log.lastNumber();
        if (number <= 0 || number > last || number < last && log.oldestNumber() > number + 1) {
            return null;
        }
        List<ChangeLog.Entry> entries = log.after(number, Instant.ofEpochMilli(Long.MAX_VALUE), MOST_GROUPS);
        if (entries.size() == MOST_GROUPS) {
            return null;
        }
        Set<String> changed = new HashSet<>();
        entries.forEach(entry -> entry.lines().forEach(line -> changed.add(line.address())));
        return changed;
    }
}
