package io.rollcall.http;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The representations of presence. */
public enum Format {
    JSON("application/json"),
    PIDF("application/pidf+xml");

    private final String mediaType;
    private final String word = name().toLowerCase(Locale.ROOT);

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The word that a {@code format} parameter names it by. */
    public String word() {
        return word;
    }

    /**
     * The format that a {@code format} parameter names, {@code json} or {@code pidf}; JSON where there is none.
     *
     * @throws Problem for any other name
     */
    public static Format ofParameter(@Nullable String name) {
        if (name == null) {
            return JSON;
        }
        for (Format format : values()) {
            if (format.word.equals(name)) {
                return format;
            }
        }
        throw new Problem(Kind.INVALID_REQUEST, "format is json or pidf, not '" + name + "'");
    }
}
