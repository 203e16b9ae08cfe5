package io.rollcall.admin;

import io.rollcall.presentity.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times in words, for the pages. */
@Named
@ApplicationScoped
public class Times {
    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Inject
    private DatabaseClock clock;

    /** Day and time, UTC; empty for none. */
    public String full(@Nullable Instant time) {
        return time == null ? "" : FULL.format(time);
    }

    /** How long ago, or how long until then. */
    public String distance(@Nullable Instant time) {
        return time == null ? "" : words(Duration.between(time, clock.now()).abs());
    }

    static String words(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " d";
        }
        if (duration.toHours() >= 2) {
            return duration.toHours() + " h";
        }
        return duration.toMinutes() >= 2 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
