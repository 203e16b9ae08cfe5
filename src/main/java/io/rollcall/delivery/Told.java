package io.rollcall.delivery;

import io.rollcall.document.JsonWriter;
import io.rollcall.document.PidfWriter;
import io.rollcall.document.PresenceDocument;
import io.rollcall.notification.Rendition;
import io.rollcall.notification.View;
import io.rollcall.policy.Handling;
import io.rollcall.subscription.Subscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the service of a list was told, as one node leaves it to the next: of each account a digest of the document that
 * was taken, so that what is still the same is not brought again. Politely blocked or offline, changed or not: the
 * document alone counts, so nothing can be learned from what is brought.
 */
final class Told {
    /** Longer ones are not kept. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private final Set<Long> digests;

    private Told(Set<Long> digests) {
        this.digests = digests;
    }

    /** Reads what {@link Notes#text} wrote; null if nothing was. */
    static @Nullable Told read(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        Set<Long> digests = new HashSet<>();
        while (bytes.remaining() >= Long.BYTES) {
            digests.add(bytes.getLong());
        }
        return new Told(digests);
    }

    /** Whether the service would learn nothing from that view. */
    boolean includes(View view) {
        Rendition rendition = view.rendition();
        return digests.contains(
                rendition == null
                        ? digest(view.account(), view.handling())
                        : digest(rendition.document(), view.provision().isEverything()));
    }

    private static long digest(String account, @Nullable Handling handling) {
        return digest((account + ' ' + handling).getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    private static long digest(PresenceDocument document, boolean timed) {
        PresenceDocument comparable = document.comparable(timed);
        return digest(JsonWriter.write(comparable), PidfWriter.bytes(comparable));
    }

    private static long digest(byte[] one, byte[] other) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(one);
            return ByteBuffer.wrap(digest.digest(other)).getLong();
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Writes down what services were told; documents that many were shown are digested once. */
    static final class Notes {
        private final Map<PresenceDocument, long[]> known = new IdentityHashMap<>();

        /** What one of them was told by its subscriptions; empty if that is too much to be kept. */
        String text(List<Subscription> told) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES * told.size());
            for (Subscription subscription : told) {
                PresenceDocument shown = subscription.shown();
                if (shown == null) {
                    bytes.putLong(digest(subscription.address(), subscription.handling()));
                } else {
                    // whether times count depends on what the watcher is provided with by then
                    bytes.asLongBuffer().put(known.computeIfAbsent(
                            shown, any -> new long[] {digest(shown, true), digest(shown, false)}));
                    bytes.position(bytes.position() + 2 * Long.BYTES);
                }
            }
            byte[] digests = new byte[bytes.flip().remaining()];
            bytes.get(digests);
            String text = Base64.getEncoder().encodeToString(digests);
            return text.length() > MOST_CHARACTERS ? "" : text;
        }
    }
}
