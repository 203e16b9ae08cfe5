package io.rollcall.notification;

import io.rollcall.http.Format;
import io.rollcall.subscription.Standing;
import io.rollcall.subscription.Watcher;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell watchers, encoded once for each form and then shared by all who are told the same.
 *
 * @implNote Two threads may encode the same form at once; both come to the same bytes.
 */
public final class Notification {
    private final String event;
    private final String account;
    private final String key;
    /** What a server-sent event carries as its id; null for none. */
    private final @Nullable Long number;
    private final @Nullable Rendition rendition;
    private final @Nullable Standing standing;
    private final @Nullable String json;
    private final @Nullable String xml;
    private final AtomicReferenceArray<byte @Nullable []> events = new AtomicReferenceArray<>(2);
    private final AtomicReferenceArray<byte @Nullable []> frames = new AtomicReferenceArray<>(2);

    private Notification(
            String event,
            String account,
            String key,
            @Nullable Long number,
            @Nullable Rendition rendition,
            @Nullable Standing standing,
            @Nullable String json,
            @Nullable String xml) {
        this.event = event;
        this.account = account;
        this.key = key;
        this.number = number;
        this.rendition = rendition;
        this.standing = standing;
        this.json = json;
        this.xml = xml;
    }

    static Notification presence(Rendition rendition, @Nullable Long number) {
        String account = rendition.document().account();
        return new Notification("presence", account, presenceKey(account), number, rendition, null, null, null);
    }

    /** A subscription's new state, with the reason of RFC 6665 §4.1.3 where it ended. */
    static Notification subscription(String account, Standing standing) {
        String reason = standing.reason();
        String json = "{\"account\":\"" + account + "\",\"state\":\"" + standing.status().word() + "\",\"reason\":"
                + (reason == null ? "null" : '"' + reason + '"') + '}';
        return new Notification("subscription", account, subscriptionKey(account), null, null, standing, json, null);
    }

    /** Watcher information for an account's owner, in both its forms. */
    static Notification watchers(String account, String json, String xml) {
        return new Notification("watchers", account, watchersKey(account), null, null, null, json, xml);
    }

    /** What it replaces in an outbox: the same kind of news of the same account. */
    String key() {
        return key;
    }

    public String account() {
        return account;
    }

    /** What kind of news it is: {@code presence}, {@code subscription} or {@code watchers}. */
    public String event() {
        return event;
    }

    boolean isPresence() {
        return rendition != null;
    }

    /** The document that the watcher is shown; null if it is told something else. */
    public @Nullable Rendition rendition() {
        return rendition;
    }

    /** The state that the subscription is in now; null if the watcher is told something else. */
    public @Nullable Standing standing() {
        return standing;
    }

    /** The number it carries as its id; {@link Long#MAX_VALUE} if none. */
    long number() {
        return number == null ? Long.MAX_VALUE : number;
    }

    /** The same, as an event whose id does not say that more than up to that number has been seen. */
    Notification withIdUpTo(long most) {
        return rendition == null || number == null || number <= most
                ? this
                : presence(rendition, Math.max(0, most));
    }

    static String presenceKey(String account) {
        return "p:" + account;
    }

    static String subscriptionKey(String account) {
        return "s:" + account;
    }

    static String watchersKey(String account) {
        return "w:" + account;
    }

    /** A whole server-sent event, in UTF-8. */
    byte[] serverSentEvent(Format format) {
        byte[] encoded = events.get(format.ordinal());
        if (encoded == null) {
            encoded = encodeEvent(format);
            events.set(format.ordinal(), encoded);
        }
        return encoded;
    }

    /** A whole WebSocket message in its frame. */
    byte[] frame(Format format) {
        byte[] encoded = frames.get(format.ordinal());
        if (encoded == null) {
            encoded = Frames.text(message(format));
            frames.set(format.ordinal(), encoded);
        }
        return encoded;
    }

    private byte[] encodeEvent(Format format) {
        byte[] data = data(format);
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 64);
        out.writeBytes(bytes("event: " + event + '\n'));
        if (number != null) {
            out.writeBytes(bytes("id: " + number + '\n'));
        }
        out.writeBytes(bytes("data: "));
        int end = data.length;
        while (end > 0 && data[end - 1] == '\n') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            out.write(data[i]);
            if (data[i] == '\n') {
                out.writeBytes(bytes("data: "));
            }
        }
        out.writeBytes(bytes("\n\n"));
        return out.toByteArray();
    }

    /** What a server-sent event carries as its data. */
    public byte[] data(Format format) {
        return rendition != null
                ? rendition.bytes(format)
                : bytes(String.valueOf(format == Format.PIDF && xml != null ? xml : json));
    }

    /** One JSON object that says what kind of news it is, as WebSocket carries it. */
    public String message(Format format) {
        String head = "{\"type\":\"" + event + "\",";
        if (xml != null && format == Format.PIDF) {
            StringBuilder message = new StringBuilder(head)
                    .append("\"account\":\"")
                    .append(account)
                    .append("\",\"watcherinfo\":");
            return JsonText.append(message, xml).append('}').toString();
        }
        if (rendition == null) {
            return head + String.valueOf(json).substring(1);
        }
        if (format == Format.JSON) {
            return head + rendition.text(Format.JSON).substring(1);
        }
        StringBuilder message = new StringBuilder(head).append("\"account\":\"").append(account).append("\",\"pidf\":");
        return JsonText.append(message, rendition.text(Format.PIDF)).append('}').toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
