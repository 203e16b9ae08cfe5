package io.rollcall.authorization;

import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Presentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The account as a politely blocked watcher goes on seeing it: as if it had gone offline at one of its versions.
 *
 * @param lastSeen milliseconds since 1970, or null
 */
public record Mark(long version, @Nullable Long lastSeen) {
    /** An account that nothing ever happened to. */
    static final Mark NONE = new Mark(0, null);

    /** The account as it would be had it gone offline at its next version. */
    static Mark next(AccountPresence now, Instant time) {
        boolean live = !now.presentities().isEmpty();
        return new Mark(now.version() + 1, live ? Long.valueOf(time.toEpochMilli()) : now.account().lastSeen());
    }

    /** The account as it is, had it gone offline at its latest change. */
    static Mark present(AccountPresence now) {
        Long lastSeen = now.account().lastSeen();
        for (Presentity presentity : now.presentities()) {
            long changed = presentity.tuple().changedAt().toEpochMilli();
            lastSeen = lastSeen == null || lastSeen < changed ? Long.valueOf(changed) : lastSeen;
        }
        return new Mark(now.version(), lastSeen);
    }

    Mark orLater(Mark other) {
        return other.version > version ? other : this;
    }

    Mark orEarlier(Mark other) {
        return other.version < version ? other : this;
    }

    /** A line that {@link #parse} reads. */
    String line(String name) {
        return name + ' ' + version + ' ' + lastSeen;
    }

    static Mark parse(String line) {
        String[] parts = line.split(" ");
        return new Mark(Long.parseLong(parts[1]), parts[2].equals("null") ? null : Long.valueOf(parts[2]));
    }
}
