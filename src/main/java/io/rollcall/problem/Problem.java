package io.rollcall.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be done, with what its author can do about it (RFC 9457). It is thrown where the rule is broken
 * and written by the edge: HTTP as {@code application/problem+json}, WebSocket and JMS as the same object.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LATEST_RETRY_SECONDS = 3;

    private final Kind kind;
    private final transient Map<String, Object> extensions = new LinkedHashMap<>();

    public Problem(Kind kind, String detail) {
        this(kind, detail, null);
    }

    public Problem(Kind kind, String detail, @Nullable Throwable cause) {
        super(detail, cause, false, cause != null);
        this.kind = kind;
    }

    public static Problem forNow(String detail) {
        return forNow(detail, null);
    }

    /**
     * A refusal for the moment, to be tried again in one to three seconds: by chance, for those who are refused together are not
     * to come back together.
     */
    public static Problem forNow(String detail, @Nullable Throwable cause) {
        int seconds = ThreadLocalRandom.current().nextInt(1, LATEST_RETRY_SECONDS + 1);
        return new Problem(Kind.UNAVAILABLE, detail, cause).with("retryAfter", seconds);
    }

    /** Adds an extension member (RFC 9457 §3.2): a string or a number. */
    public Problem with(String member, Object value) {
        extensions.put(member, value);
        return this;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong and what to do about it, for the author of the request. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> extensions() {
        return extensions;
    }

    /** The problem as a JSON object, members in the order of RFC 9457 §3.1. */
    public String toJson() {
        StringBuilder json = new StringBuilder(200);
        json.append("{\"type\":");
        quote(json, kind.type());
        json.append(",\"title\":");
        quote(json, kind.title());
        json.append(",\"status\":").append(kind.status()).append(",\"detail\":");
        quote(json, detail());
        extensions.forEach((member, value) -> {
            json.append(',');
            quote(json, member);
            json.append(':');
            if (value instanceof Number) {
                json.append(value);
            } else {
                quote(json, value.toString());
            }
        });
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
