package io.rollcall.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Counts failed sign-ins a minute: a password check costs far more than a guess, and guesses must not be free. */
@ApplicationScoped
public class FailedSignIns {
    /** One address may be a whole office: so many names may fail from it as one name may fail alone. */
    private static final int NAMES = 10;

    private final int most;
    private final Cache<String, AtomicInteger> counts =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(1)).build();

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

    boolean tooMany(String name, String from) {
        return count(key(name, from)) >= most || count(from) >= most * NAMES;
    }

    private int count(String key) {
        AtomicInteger count = counts.getIfPresent(key);
        return count == null ? 0 : count.get();
    }

    private static String key(String name, String from) {
        return from + ' ' + name;
    }
}
