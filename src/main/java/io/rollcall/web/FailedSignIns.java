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
    }

    boolean tooMany(String name, String from) {
        AtomicInteger count = counts.getIfPresent(key(name, from));
        return count != null && count.get() >= most;
    }

    private static String key(String name, String from) {
        return from + ' ' + name;
    }
}
