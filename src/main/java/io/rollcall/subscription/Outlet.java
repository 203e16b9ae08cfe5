package io.rollcall.subscription;

import io.rollcall.http.Format;
import io.rollcall.webhook.Secret;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the events of a list leave the server, and how that stands.
 *
 * @param maxRate as its owner wrote it (RFC 6446 §5.2); null for no limit
 * @param url of a webhook; null for another delivery
 * @param secret of a webhook; null for another delivery
 * @param failingSince since when nothing was taken of what should have been; null if that was taken, or there was nothing
 * @param error what was wrong last; null unless it is failing, or has ended
 * @param ended why it ended before its list did; null unless it did
 */
public record Outlet(
        Format format,
        @Nullable String maxRate,
        @Nullable URI url,
        @Nullable Secret secret,
        @Nullable Instant failingSince,
        @Nullable String error,
        @Nullable Event ended) {

    /** One that nothing has left by. */
    static Outlet of(Format format, @Nullable String maxRate, @Nullable URI url, @Nullable Secret secret) {
        return new Outlet(format, maxRate, url, secret, null, null, null);
    }

    /** Writes it into a list's JSON object, but for its secret. A URL and an error hold nothing that would be escaped. */
    void appendTo(StringBuilder json) {
        json.append(",\"format\":\"").append(format.word()).append('"');
        if (maxRate != null) {
            json.append(",\"maxRate\":").append(maxRate);
        }
        append(json, "url", url);
        append(json, "state", state(ended != null, failingSince != null));
        append(json, "reason", ended == null ? null : ended.word());
        append(json, "failingSince", failingSince);
        append(json, "error", error);
    }

    private static void append(StringBuilder json, String name, @Nullable Object value) {
        if (value != null) {
            json.append(",\"").append(name).append("\":\"").append(value).append('"');
        }
    }

    /** The word for how a delivery stands: {@code active}, {@code failing} or {@code terminated}. */
    static String state(boolean hasEnded, boolean isFailing) {
        if (hasEnded) {
            return Status.TERMINATED.word();
        }
        return isFailing ? "failing" : Status.ACTIVE.word();
    }
}
