package io.rollcall.composition;

import io.rollcall.document.PresenceDocument;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import io.rollcall.document.State;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Preferred;
import io.rollcall.presentity.Presentity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one document of what an account's presentities say. */
public final class Composition {
    private Composition() {}

    /** The account's whole presence: each live presentity's tuple, and the person that the policy and the owner make. */
    public static PresenceDocument compose(AccountPresence presence, PersonPolicy policy) {
        List<PublishedTuple> tuples =
                presence.presentities().stream().map(Composition::tuple).toList();
        Speaker client = policy.speaker(presence.presentities())
                .map(chosen -> Speaker.of(tuples.get(presence.presentities().indexOf(chosen))))
                .orElse(null);
        Speaker speaker = speaker(client, presence.account().preferred());
        return new PresenceDocument(
                presence.address(),
                client == null || speaker == null ? State.OFFLINE : speaker.publication().state(),
                speaker,
                tuples,
                presence.version(),
                instant(presence.lastSeen()));
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

    /** The owner's own word goes over what clients say; without a client only if the owner is out of office. */
    private static @Nullable Speaker speaker(@Nullable Speaker client, @Nullable Preferred preferred) {
        if (preferred == null
                || !preferred.word().speaks()
                || client == null && !preferred.word().outOfOffice()) {
            return client;
        }
        if (client == null) {
            return new Speaker(null, preferred.since(), preferred.word().over(null));
        }
        boolean wholly = preferred.word().state() != null;
        Instant since = wholly || preferred.since().isAfter(client.since()) ? preferred.since() : client.since();
        return new Speaker(
                wholly ? null : client.tuple(), since, preferred.word().over(client.publication()));
    }

    private static PublishedTuple tuple(Presentity presentity) {
        return new PublishedTuple(
                presentity.tupleId(), presentity.tuple().changedAt(), presentity.tuple().publication());
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
