package io.rollcall.watcherinfo;

import io.rollcall.policy.Handling;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.Standing;
import io.rollcall.subscription.Status;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one watcher: over all its connections and lists, the one that stands best.
 *
 * @param since when it was first wanted, in milliseconds since 1970
 * @param expiresAt when it ends unless refreshed; null where it lasts as long as a connection
 * @param handling what the owner's rules say of the watcher; null where that is not for the reader to know
 */
public record WatcherState(
        String watcher, Standing standing, long since, @Nullable Long expiresAt, @Nullable Handling handling) {

    /** Identifies the watcher among those of the account, in every document the same (RFC 3858 §3.2). */
    public String id() {
        return UUID.nameUUIDFromBytes(watcher.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** As whoever does not own the account may know it. */
    WatcherState withoutHandling() {
        return new WatcherState(watcher, standing, since, expiresAt, null);
    }

    /** Whether it tells the same as another: when it began does not count. */
    boolean tellsTheSameAs(WatcherState other) {
        return standing.status() == other.standing.status()
                && handling == other.handling
                && Objects.equals(expiresAt, other.expiresAt);
    }

    /** This state as it follows an earlier one: a pending one that is active now was approved. */
    WatcherState after(WatcherState earlier) {
        boolean approved =
                earlier.standing.status() == Status.PENDING && standing.status() == Status.ACTIVE;
        return approved
                ? new WatcherState(watcher, earlier.standing.after(Event.APPROVED), since, expiresAt, handling)
                : this;
    }

    /** The end of one that is gone, by what the rules say now, else because its watcher went. */
    WatcherState ended(Handling now) {
        Standing decided = standing.decided(now);
        if (decided.status() != Status.TERMINATED) {
            decided = decided.after(decided.status() == Status.ACTIVE ? Event.TIMEOUT : Event.GIVEUP);
        }
        return new WatcherState(watcher, decided, since, null, handling == null ? null : now);
    }
}
