package io.rollcall.http;

import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parts of requests that several resources have; what cannot be read is a {@link Problem}. */
public final class Requests {
    private static final Semaphore BODIES_AT_ONCE = new Semaphore(10);
    private static final long PATIENCE_MILLIS = 200;
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
     * @param length what Content-Length says; -1 if it is not there
     */
    public static byte[] body(InputStream in, int length, int most) {
        if (length > most) {
            throw tooLarge(most);
        }
        try {
            return read(in, length >= 0 ? length : most + 1, most);
        } catch (IOException broken) {
            throw new Problem(Kind.INVALID_REQUEST, "The body ended before it was complete", broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.UNAVAILABLE, "The server is stopping; try again", stopping);
        }
    }

    /**
     * A body that is still to come holds a thread: only so many may be read at once. Whether it has come already shows only
     * in reading it, so that those who find all places taken wait a moment: most are free again at once.
     */
    private static byte[] read(InputStream in, int length, int most) throws IOException, InterruptedException {
        if (!BODIES_AT_ONCE.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new Problem(Kind.UNAVAILABLE, "Too many bodies are slow to arrive; try again").with("retryAfter", 1);
        }
        try {
            byte[] body = in.readNBytes(length);
            if (body.length > most) {
                throw tooLarge(most);
            }
            return body;
        } finally {
            BODIES_AT_ONCE.release();
        }
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
