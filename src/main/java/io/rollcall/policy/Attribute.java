package io.rollcall.policy;

import java.util.Locale;
import java.util.Optional;

/** The attributes that a rule provides by a boolean each (RFC 5025 §3.3.2). */
public enum Attribute {
    ACTIVITIES,
    CLASS,
    /** That of a service; a device always has one. */
    DEVICE_ID,
    MOOD,
    PLACE_IS,
    PLACE_TYPE,
    PRIVACY,
    RELATIONSHIP,
    SPHERE,
    STATUS_ICON,
    TIME_OFFSET,
    /** Notes of a service, a person or a device; those inside other attributes come and go with these. */
    NOTE;

    private final String word =
            name().equals("DEVICE_ID") ? "deviceID" : name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name of its element, such as {@code place-is}; with {@code provide-} before it, the name of its permission. */
    public String word() {
        return word;
    }

    public static Optional<Attribute> named(String word) {
        for (Attribute attribute : values()) {
            if (attribute.word.equals(word)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }
}
