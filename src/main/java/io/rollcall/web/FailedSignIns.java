package io.rollcall.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Counts failed sign-ins a minute: a password check costs far more than a guess, and guesses must not be free. */
@ApplicationScoped
public class FailedSignIns {
    /** One address may be a whole office: so many names may fail from it as one name may fail alone. */
    private static final int NAMES = 10;

    static final Duration PAUSE = Duration.ofMinutes(1);

    private final int most;
    private final Cache<String, AtomicInteger> counts =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(PAUSE).build();

    /** For CDI's proxy. */
    protected FailedSignIns() {
        this(0);
    }

    @Inject
    public FailedSignIns(@ConfigProperty(name = "rollcall.sign-in.failures", defaultValue = "10") int most) {
        this.most = most;
    }

    void add(String name, String from) {
        counts.get(key(name, from), any -> new AtomicInteger()).incrementAndGet();
        counts.get(from, any -> new AtomicInteger()).incrementAndGet();
    }

    /** Whether that name may not try again from there, or nobody may. */
    boolean tooMany(String name, String from) {
        return tooManyOf(name, from) || count(from) >= most * NAMES;
    }

    /**
     * Whether that name may not try again from there. Where passwords come with every request this is what counts: one who
     * guesses must not keep all others out who share his address.
     */
    boolean tooManyOf(String name, String from) {
        return count(key(name, from)) >= most;
    }

    /** Whether anybody failed from there of late. */
    boolean anyFrom(String from) {
        return counts.getIfPresent(from) != null;
    }

    private int count(String key) {
        AtomicInteger count = counts.getIfPresent(key);
        return count == null ? 0 : count.get();
    }

    /** Directories do not care how a name is written; else each way of writing it would be as many guesses more. */
    private static String key(String name, String from) {
        return from + ' ' + name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
