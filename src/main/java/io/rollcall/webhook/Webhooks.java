package io.rollcall.webhook;

import io.rollcall.presentity.DatabaseClock;
import io.rollcall.webhook.HttpPost.Answer;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Sends signed requests to webhooks. */
@ApplicationScoped
public class Webhooks {
    /** Of a request with all that belongs to it; a node that may have lost a list must not be at it for longer. */
    public static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int GONE = 410;

    private final Targets targets;
    private final DatabaseClock clock;

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    private ScheduledExecutorService scheduler;

    /** What the Java runtime trusts; the container's default is what the server itself shows to others. */
    private final SSLSocketFactory secure = secure();

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Webhooks() {
        targets = null;
        clock = null;
    }

    @Inject
    public Webhooks(Targets targets, DatabaseClock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    Webhooks(Targets targets, DatabaseClock clock, ScheduledExecutorService scheduler) {
        this(targets, clock);
        this.scheduler = scheduler;
    }

    private static SSLSocketFactory secure() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("The Java runtime has no TLS", broken);
        }
    }

    /**
     * Sends a request and waits for its answer, for {@link #LONGEST} at most.
     *
     * @param id the same for the same body only, so that who gets it twice can tell
     * @param wanted asked when the connection is there: if not, nothing is sent
     */
    public Outcome post(URI url, Secret secret, String id, byte[] body, BooleanSupplier wanted) {
        if (!targets.includes(url)) {
            return Outcome.failed("the operator does not allow it any more");
        }
        long timestamp = clock.now().getEpochSecond();
        Map<String, String> fields = Map.of(
                "Content-Type", "application/json",
                "User-Agent", "Rollcall",
                "webhook-id", id,
                "webhook-timestamp", Long.toString(timestamp),
                "webhook-signature", secret.sign(id, timestamp, body));
        AtomicBoolean tooLate = new AtomicBoolean();
        try (HttpPost post = new HttpPost(url)) {
            ScheduledFuture<?> end = scheduler.schedule(
                    () -> {
                        tooLate.set(true);
                        post.abort();
                    },
                    LONGEST.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                // within the time too: a name may be long in being looked up
                List<InetAddress> addresses = targets.addresses(url);
                if (addresses.isEmpty()) {
                    return Outcome.failed("its name is not known, or stands for a private address");
                }
                return outcome(post.send(addresses.get(0), secure, fields, body, wanted));
            } finally {
                end.cancel(false);
            }
        } catch (IOException failure) {
            return Outcome.failed(tooLate.get() ? "it takes too long" : reason(failure));
        }
    }

    private Outcome outcome(Answer answer) {
        if (answer.status() < 300) {
            return Outcome.TAKEN;
        }
        if (answer.status() == GONE) {
            return new Outcome(Outcome.Kind.GONE, "it answers 410", Duration.ZERO);
        }
        String error = "it answers " + answer.status();
        return new Outcome(Outcome.Kind.FAILED, error, pause(answer.fields().get("retry-after"), clock.now()));
    }

    /** What a Retry-After means (RFC 9110 §10.2.3), within reason; zero where it says nothing. */
    static Duration pause(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ZERO;
        if (retryAfter.matches("[0-9]{1,9}")) {
            pause = Duration.ofSeconds(Long.parseLong(retryAfter));
        } else {
            try {
                ZonedDateTime at = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
                pause = Duration.between(now, at.toInstant());
            } catch (DateTimeException malformed) {
                return Duration.ZERO;
            }
        }
        Duration atMost = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        return atMost.isNegative() ? Duration.ZERO : atMost;
    }

    private static String reason(IOException failure) {
        if (failure instanceof SSLException) {
            return "no secure connection can be made to it";
        }
        return failure instanceof ConnectException || failure instanceof SocketTimeoutException
                ? "it cannot be reached"
                : "it does not answer as HTTP does";
    }
}
