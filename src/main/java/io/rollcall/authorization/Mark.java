package io.rollcall.authorization;

import io.rollcall.policy.Provision;
import io.rollcall.presentity.Preferred;
import org.jspecify.annotations.Nullable;

/**
 * The account as a politely blocked watcher goes on seeing it: as if it had gone offline at one of its versions.
 *
 * @param lastSeen milliseconds since 1970, or null
 */
public record Mark(long version, @Nullable Long lastSeen) {
    /** Of one to whom the account was never shown, neither truly nor as offline. */
    static final Mark NONE = new Mark(-1, null);

    /** An account that nothing ever happened to. */
    static final Mark UNTOUCHED = new Mark(0, null);

    static Mark of(Preferred.Hidden hidden) {
        return new Mark(hidden.version(), hidden.lastSeen());
    }

    Mark orLater(Mark other) {
        return other.version > version ? other : this;
    }

    Mark orEarlier(Mark other) {
        return other.version < version ? other : this;
    }

    /** The same for one who was provided with that much: not everybody learns when an account was last seen. */
    Mark shownBy(Provision provision) {
        return lastSeen == null || provision.services().all() ? this : new Mark(version, null);
    }

    /** The same once it is forgotten what was last seen before that time. */
    Mark forgetting(long millis) {
        return lastSeen == null || lastSeen >= millis ? this : new Mark(version, null);
    }

    @Override
    public String toString() {
        return version + " " + lastSeen;
    }

    /** Reads what {@link #toString} wrote. */
    static Mark parse(String version, String lastSeen) {
        return new Mark(Long.parseLong(version), lastSeen.equals("null") ? null : Long.valueOf(lastSeen));
    }
}
