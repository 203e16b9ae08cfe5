package io.rollcall.notification;

import java.util.Locale;
import java.util.Optional;

/** The representations of presence. */
public enum Format {
    JSON("application/json"),
    PIDF("application/pidf+xml");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The format that a {@code format} parameter names, {@code json} or {@code pidf}. */
    public static Optional<Format> named(String name) {
        for (Format format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
