package io.rollcall.publication;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** How long a publication lives unless refreshed; all in seconds (RFC 3903 §4.2, §6.4). */
@ApplicationScoped
public class Expiry {
    private final long byDefault;
    private final long least;
    private final long most;

    /** For CDI's proxy. */
    protected Expiry() {
        this(0, 0, 0);
    }

    @Inject
    public Expiry(
            @ConfigProperty(name = "rollcall.expires.default", defaultValue = "3600") long byDefault,
            @ConfigProperty(name = "rollcall.expires.min", defaultValue = "60") long least,
            @ConfigProperty(name = "rollcall.expires.max", defaultValue = "86400") long most) {
        if (least > byDefault || byDefault > most) {
            throw new IllegalArgumentException("rollcall.expires: min <= default <= max does not hold: " + least + ", "
                    + byDefault + ", " + most);
        }
        this.byDefault = byDefault;
        this.least = least;
        this.most = most;
    }

    /**
     * Grants an expiry; it may be shorter than what was asked for, never longer.
     *
     * @param requested seconds, or null if the client leaves it to the server
     * @throws Problem {@link Kind#INTERVAL_TOO_BRIEF} with the member {@code minExpires}
     */
    public long grant(@Nullable Long requested) {
        if (requested == null) {
            return byDefault;
        }
        if (requested < least) {
            throw new Problem(Kind.INTERVAL_TOO_BRIEF, "Ask for at least " + least + " seconds").with("minExpires", least);
        }
        return Math.min(requested, most);
    }
}
