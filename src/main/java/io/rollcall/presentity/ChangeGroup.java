package io.rollcall.presentity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import io.rollcall.document.State;

/**
 * The announcement of a group of stored changes, as it goes over the topic {@code rollcall.changes}. It is a hint: a
 * node that misses it finds the group by its number in the database.
 *
 * @param number the group's number: one more than that of the group committed before it, on whatever node
 * @param committedAt milliseconds since 1970, the database's clock
 */
public record ChangeGroup(long number, long committedAt, List<Announced> changes) {
    private static final byte FORMAT = 2;
    private static final int INITIAL_SIZE = 16 * 1024;

    /**
     * One account's part.
     *
     * @param fromVersion the account's version before
     * @param lastSeen milliseconds since 1970, or null
     * @param erased whether nothing is kept of the account any more
     * @param preferred the owner's own word, or null
     * @param changed the presentities that arrived or published
     * @param left the tuple ids of those that went
     */
    public record Announced(
            String address,
            long fromVersion,
            long version,
            long fromRulesRevision,
            long rulesRevision,
            @Nullable Long lastSeen,
            boolean erased,
            @Nullable String preferred,
            List<Presentity> changed,
            List<String> left) {

        /** Whether the account's rules are others than before. */
        public boolean rulesChanged() {
            return rulesRevision != fromRulesRevision;
        }

        /** The account at the new version; null when this is not the next after what is known. */
        @Nullable
        AccountPresence after(AccountPresence known) {
            if (known.version() != fromVersion) {
                return null;
            }
            List<Presentity> next = new ArrayList<>(known.presentities());
            next.removeIf(presentity -> left.contains(presentity.tupleId()));
            for (Presentity presentity : changed) {
                int at = indexOf(next, presentity.tupleId());
                if (at < 0) {
                    next.add(presentity);
                } else {
                    next.set(at, presentity);
                }
            }
            Account account = erased
                    ? Account.erased(address, version, rulesRevision)
                    : known.account().announced(version, rulesRevision, lastSeen, preferred);
            return new AccountPresence(account, next);
        }

        private static int indexOf(List<Presentity> presentities, String tupleId) {
            for (int i = 0; i < presentities.size(); i++) {
                if (presentities.get(i).tupleId().equals(tupleId)) {
                    return i;
                }
            }
            return -1;
        }
    }

    static Announced announced(Transition transition) {
        Account account = transition.after().account();
        return new Announced(
                account.address(),
                transition.before().version(),
                account.version(),
                transition.before().account().rulesRevision(),
                account.rulesRevision(),
                account.lastSeen(),
                !account.isStored(),
                account.preferredText(),
                transition.changed(),
                transition.left().stream().map(Presentity::tupleId).toList());
    }

    /** The bytes that {@link #decode} reads; the first one names the format, so that nodes of two releases can tell. */
    public byte[] encode() {
        Writer out = new Writer();
        out.room(17).put(FORMAT).putLong(number).putLong(committedAt);
        out.room(4).putInt(changes.size());
        for (Announced change : changes) {
            out.text(change.address);
            long lastSeen = change.lastSeen == null ? -1 : change.lastSeen;
            out.room(41)
                    .putLong(change.fromVersion)
                    .putLong(change.version)
                    .putLong(change.fromRulesRevision)
                    .putLong(change.rulesRevision)
                    .putLong(lastSeen)
                    .put((byte) (change.erased ? 1 : 0));
            out.text(change.preferred == null ? "" : change.preferred);
            out.room(4).putInt(change.changed.size());
            for (Presentity presentity : change.changed) {
                out.text(presentity.tupleId());
                Tuple tuple = presentity.tuple();
                Long changesAt = tuple.changesAtMillis();
                out.room(49)
                        .putLong(presentity.revision())
                        .putLong(presentity.loginVersion())
                        .putLong(presentity.expiresAtMillis())
                        .putLong(tuple.changeVersion())
                        .putLong(tuple.changedAtMillis())
                        .putLong(changesAt == null ? -1 : changesAt)
                        .put((byte) tuple.state().ordinal());
                out.text(tuple.document());
            }
            out.room(4).putInt(change.left.size());
            change.left.forEach(out::text);
        }
        return out.bytes();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if the bytes are of a format this release does not know
     */
    public static ChangeGroup decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalArgumentException("unknown format " + format + " of a change group");
        }
        long number = in.getLong();
        long committedAt = in.getLong();
        int count = in.getInt();
        List<Announced> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changes.add(decodeChange(in));
        }
        return new ChangeGroup(number, committedAt, changes);
    }

    private static Announced decodeChange(ByteBuffer in) {
        String address = text(in);
        long fromVersion = in.getLong();
        long version = in.getLong();
        long fromRulesRevision = in.getLong();
        long rulesRevision = in.getLong();
        long lastSeen = in.getLong();
        boolean erased = in.get() == 1;
        String preferred = text(in);
        int count = in.getInt();
        List<Presentity> changed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changed.add(decodePresentity(address, in));
        }
        int leaving = in.getInt();
        List<String> left = new ArrayList<>(leaving);
        for (int i = 0; i < leaving; i++) {
            left.add(text(in));
        }
        return new Announced(
                address,
                fromVersion,
                version,
                fromRulesRevision,
                rulesRevision,
                lastSeen < 0 ? null : lastSeen,
                erased,
                preferred.isEmpty() ? null : preferred,
                changed,
                left);
    }

    private static Presentity decodePresentity(String address, ByteBuffer in) {
        String tupleId = text(in);
        long revision = in.getLong();
        long loginVersion = in.getLong();
        long expiresAt = in.getLong();
        long changeVersion = in.getLong();
        long changedAt = in.getLong();
        long changesAt = in.getLong();
        State state = State.values()[in.get()];
        Tuple tuple = new Tuple(state, text(in), changeVersion, changedAt, changesAt < 0 ? null : changesAt);
        return new Presentity(tupleId, address, revision, loginVersion, expiresAt, tuple);
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    private static final class Writer {
        private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_SIZE);

        ByteBuffer room(int size) {
            if (buffer.remaining() < size) {
                ByteBuffer larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + size));
                buffer = larger.put(buffer.flip());
            }
            return buffer;
        }

        void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            room(4 + bytes.length).putInt(bytes.length).put(bytes);
        }

        byte[] bytes() {
            byte[] bytes = new byte[buffer.position()];
            buffer.flip().get(bytes);
            return bytes;
        }
    }
}
