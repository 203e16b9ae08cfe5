package io.rollcall.document;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account's composed presence as one watcher may see it; what {@link PidfWriter} and {@link JsonWriter} write.
 *
 * @param account the address, {@code alice@example.com}; the entity is {@code pres:} and this
 * @param speaker who speaks for the person; null when nobody does, or no person is shown
 * @param tuples of the live presentities in the order of their logins; empty when the account is offline
 * @param devices those whose devices are shown: the tuples, unless a watcher may see less
 * @param version grows with every change of the account
 * @param lastSeen when the last presentity left; null while one is live, or where none ever was
 */
public record PresenceDocument(
        String account,
        State state,
        @Nullable Speaker speaker,
        List<PublishedTuple> tuples,
        List<PublishedTuple> devices,
        long version,
        @Nullable Instant lastSeen) {

    /** All that an account's presentities say. */
    public PresenceDocument(
            String account,
            State state,
            @Nullable Speaker speaker,
            List<PublishedTuple> tuples,
            long version,
            @Nullable Instant lastSeen) {
        this(account, state, speaker, tuples, tuples, version, lastSeen);
    }

    /** Whether it shows nobody and nothing, as an account without a live presentity does. */
    public boolean looksOffline() {
        return tuples.isEmpty() && speaker == null && devices.isEmpty();
    }

    /**
     * Whether it says the same as another document of the account, whatever their versions.
     *
     * @param timed whether it is another one if what it says was said anew; not for one of which a part is hidden: that
     *     the hidden part has changed is all there is to learn from that
     */
    public boolean showsSameAs(PresenceDocument other, boolean timed) {
        return state == other.state
                && Objects.equals(lastSeen, other.lastSeen)
                && same(tuples, other.tuples, timed)
                && same(devices, other.devices, timed)
                && same(speaker, other.speaker, timed);
    }

    /** The same without what {@link #showsSameAs} leaves out of account: equal where that holds, and only there. */
    public PresenceDocument comparable(boolean timed) {
        return new PresenceDocument(
                account,
                state,
                speaker == null || timed ? speaker : new Speaker(speaker.tuple, Instant.EPOCH, speaker.publication),
                timed ? tuples : tuples.stream().map(PublishedTuple::untimed).toList(),
                timed ? devices : devices.stream().map(PublishedTuple::untimed).toList(),
                0,
                lastSeen);
    }

    private static boolean same(List<PublishedTuple> some, List<PublishedTuple> others, boolean timed) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            PublishedTuple one = some.get(i);
            PublishedTuple other = others.get(i);
            same = one.id().equals(other.id())
                    && (!timed || one.timestamp().equals(other.timestamp()))
                    && one.publication().equals(other.publication());
        }
        return same;
    }

    private static boolean same(@Nullable Speaker one, @Nullable Speaker other, boolean timed) {
        if (one == null || other == null) {
            return one == other;
        }
        return Objects.equals(one.tuple(), other.tuple())
                && (!timed || one.since().equals(other.since()))
                && one.publication().equals(other.publication());
    }

    /**
     * Who speaks for the person.
     *
     * @param tuple the id of the tuple whose presentity speaks; null when it is the owner's own word
     * @param since when what is said last changed, in whole milliseconds of the server's clock
     * @param publication of which state, person, activities and note count
     */
    public record Speaker(@Nullable String tuple, Instant since, Publication publication) {
        /** A live presentity that speaks. */
        public static Speaker of(PublishedTuple tuple) {
            return new Speaker(tuple.id(), tuple.timestamp(), tuple.publication());
        }
    }

    /**
     * A live presentity's part.
     *
     * @param id an NCName, unique in the whole server
     * @param timestamp when its publication last changed, in whole milliseconds of the server's clock
     */
    public record PublishedTuple(String id, Instant timestamp, Publication publication) {
        private PublishedTuple untimed() {
            return new PublishedTuple(id, Instant.EPOCH, publication);
        }
    }
}
