package io.rollcall.http;

import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parts of requests that several resources have; what cannot be read is a {@link Problem}. */
public final class Requests {
    private static final Pattern RATE = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,10})?");
    private static final BigDecimal LONGEST_WINDOW = BigDecimal.valueOf(Duration.ofDays(1).toMillis());

    private Requests() {}

    /** Whether a request brings a token to sign in with (RFC 6750 §2.1). */
    public static boolean bringToken(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        return authorization != null && authorization.startsWith("Bearer ");
    }

    /** An account named in a path, a query or a body. */
    public static Address address(String text) {
        return Address.parse(text)
                .orElseThrow(() -> new Problem(
                        Kind.INVALID_REQUEST,
                        "'" + text + "' names no account; write alice@example.com, or its pres:, sip: or sips: URI"));
    }

    /**
     * A body of at most so many bytes.
     *
     * @param in where it is read from, which need not be the request's own
     */
    public static byte[] body(HttpServletRequest request, InputStream in, int most) {
        Principal sender = request.getUserPrincipal();
        return body(
                sender == null ? "" : sender.getName(), request.getRemoteAddr(), in, request.getContentLengthLong(), most);
    }

    /** @param length what Content-Length says; -1 if it is not there */
    static byte[] body(String sender, String address, InputStream in, long length, int most) {
        if (length > most) {
            throw tooLarge(most);
        }
        try {
            byte[] body = BodyPlaces.read(sender, address, in, length >= 0 ? (int) length : most + 1);
            if (body.length > most) {
                throw tooLarge(most);
            }
            return body;
        } catch (IOException broken) {
            throw new Problem(Kind.INVALID_REQUEST, "The body ended before it was complete", broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Problem.forNow("The server is stopping; try again", stopping);
        }
    }

    /**
     * The fields of a form (WHATWG URL §5.1), of each name the first. The container would read it wherever it is asked for a
     * parameter, and wait for whoever does not send it.
     *
     * @throws Problem {@link Kind#INVALID_REQUEST} if it is none
     */
    public static Map<String, String> form(HttpServletRequest request, int most) throws IOException {
        byte[] body = body(request, request.getInputStream(), most);
        return fields(new String(body, StandardCharsets.UTF_8));
    }

    /**
     * A parameter of the query, of several the first; null without. Asked for a parameter, the container would read a body
     * too if there is one.
     *
     * @throws Problem {@link Kind#INVALID_REQUEST} if the query is none
     */
    public static @Nullable String queryParameter(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        return query == null ? null : fields(query).get(name);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        try {
            for (String field : text.split("&")) {
                String[] parts = field.split("=", 2);
                fields.putIfAbsent(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
            }
        } catch (IllegalArgumentException malformed) {
            throw new Problem(Kind.INVALID_REQUEST, "Fields are sent as application/x-www-form-urlencoded", malformed);
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Problem tooLarge(int most) {
        return new Problem(Kind.TOO_LARGE, "The body may have at most " + most + " bytes");
    }

    /**
     * The entity-tag of an If-Match header, without its quotes, or {@code *}.
     *
     * @throws Problem {@link Kind#CONDITION_REQUIRED} without the header (RFC 6585 §3); {@link Kind#INVALID_REQUEST} if
     *     it is not exactly one tag (RFC 3903 §6.3); {@link Kind#CONDITION_FAILED} for a weak one, which never matches
     *     strongly (RFC 9110 §8.8.3.2)
     */
    public static String entityTag(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new Problem(
                    Kind.CONDITION_REQUIRED, "Send If-Match with the entity-tag that the last answer carried as ETag");
        }
        String tag = ifMatch.strip();
        if (tag.equals("*")) {
            return tag;
        }
        if (tag.startsWith("W/\"")) {
            throw new Problem(Kind.CONDITION_FAILED, "A weak entity-tag matches nothing; send the ETag as it came");
        }
        boolean quoted = tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"");
        if (!quoted || tag.indexOf('"', 1) != tag.length() - 1 || tag.equals("\"*\"")) {
            throw new Problem(Kind.INVALID_REQUEST, "If-Match must carry exactly one entity-tag, in its quotes");
        }
        return tag.substring(1, tag.length() - 1);
    }

    /**
     * The window that a watcher wishes for each account (RFC 6446 §5.2).
     *
     * @param maxRate notifications a second, such as {@code 0.2}; null for no wish
     * @return milliseconds; 0 for no limit
     */
    public static int window(@Nullable String maxRate) {
        if (maxRate == null) {
            return 0;
        }
        if (!RATE.matcher(maxRate).matches() || new BigDecimal(maxRate).signum() == 0) {
            throw new Problem(
                    Kind.INVALID_REQUEST, "maxRate is how many notifications a second are wanted, such as 2 or 0.2");
        }
        BigDecimal millis = BigDecimal.valueOf(1000).divide(new BigDecimal(maxRate), 0, RoundingMode.CEILING);
        return millis.min(LONGEST_WINDOW).intValue();
    }

    /** A whole number of seconds, or null if there is none. */
    public static @Nullable Long seconds(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            long seconds = Long.parseLong(text);
            if (seconds >= 0) {
                return seconds;
            }
        } catch (NumberFormatException notANumber) {
            // answered below
        }
        throw new Problem(Kind.INVALID_REQUEST, "expires must be a whole number of seconds");
    }
}
