package io.rollcall.policy;

import java.util.Optional;

/**
 * What chooses some devices, persons or services (RFC 5025 §3.3.1).
 *
 * @param value compared by letter, but for {@code deviceID} and {@code service-uri}, which are compared as URIs, and
 *     {@code service-uri-scheme}, whose letter case does not matter; for {@link Kind#UNKNOWN} the element itself
 */
public record Selector(Kind kind, String value) {

    public enum Kind {
        CLASS("class"),
        OCCURRENCE_ID("occurrence-id"),
        DEVICE_ID("deviceID"),
        SERVICE_URI("service-uri"),
        SERVICE_URI_SCHEME("service-uri-scheme"),
        /** An element that this server does not know; it chooses nothing. */
        UNKNOWN("unknown");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The name of its element. */
        public String word() {
            return word;
        }

        /** Whether it can choose from {@code services}, {@code persons} or {@code devices}. */
        boolean chooses(String from) {
            return switch (this) {
                case CLASS, OCCURRENCE_ID, UNKNOWN -> true;
                case DEVICE_ID -> from.equals("devices");
                case SERVICE_URI, SERVICE_URI_SCHEME -> from.equals("services");
            };
        }

        public static Optional<Kind> named(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }
}
