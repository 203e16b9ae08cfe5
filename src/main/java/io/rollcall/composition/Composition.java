package io.rollcall.composition;

import io.rollcall.document.PresenceDocument;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.State;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Presentity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one document of what an account's presentities say. */
public final class Composition {
    private Composition() {}

    /** The account's whole presence: each live presentity's tuple, and the person that the policy chooses. */
    public static PresenceDocument compose(AccountPresence presence, PersonPolicy policy) {
        List<PublishedTuple> tuples =
                presence.presentities().stream().map(Composition::tuple).toList();
        PublishedTuple speaker = policy.speaker(presence.presentities())
                .map(chosen -> tuples.get(presence.presentities().indexOf(chosen)))
                .orElse(null);
        return new PresenceDocument(
                presence.address(),
                speaker == null ? State.OFFLINE : speaker.publication().state(),
                speaker,
                tuples,
                presence.version(),
                instant(presence.account().lastSeen()));
    }

    /**
     * An offline account: what is seen of one without a live presentity, and by a politely blocked watcher of any
     * (RFC 5025 §3.2.1).
     *
     * @param lastSeen milliseconds since 1970, or null
     */
    public static PresenceDocument offline(String address, long version, @Nullable Long lastSeen) {
        return new PresenceDocument(address, State.OFFLINE, null, List.of(), version, instant(lastSeen));
    }

    private static PublishedTuple tuple(Presentity presentity) {
        return new PublishedTuple(
                presentity.tupleId(), presentity.tuple().changedAt(), presentity.tuple().publication());
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
