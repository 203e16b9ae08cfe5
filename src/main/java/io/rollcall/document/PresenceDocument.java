package io.rollcall.document;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's composed presence as one watcher may see it; what {@link PidfWriter} and {@link JsonWriter} write.
 *
 * @param account the address, {@code alice@example.com}; the entity is {@code pres:} and this
 * @param speaker the one of the tuples whose presentity speaks for the person; null when no presentity is live
 * @param tuples of the live presentities in the order of their logins; empty when the account is offline
 * @param version grows with every change of the account
 * @param lastSeen when the last presentity left; null while one is live, or where none ever was
 */
public record PresenceDocument(
        String account,
        State state,
        @Nullable PublishedTuple speaker,
        List<PublishedTuple> tuples,
        long version,
        @Nullable Instant lastSeen) {

    /**
     * A live presentity's part.
     *
     * @param id an NCName, unique in the whole server
     * @param timestamp when its publication last changed, in whole milliseconds of the server's clock
     */
    public record PublishedTuple(String id, Instant timestamp, Publication publication) {}
}
