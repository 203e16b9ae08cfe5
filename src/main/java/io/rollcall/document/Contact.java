package io.rollcall.document;

import org.jspecify.annotations.Nullable;

/**
 * Where a tuple's service is reached (RFC 3863 §4.1.5).
 *
 * @param uri a URI as clients use it; where PIDF needs more escapes, its writer adds them
 * @param priority 0 to 1 with at most three decimals, as text without trailing zeros; null is the lowest
 */
public record Contact(String uri, @Nullable String priority) {

    /** A priority as the model keeps it, or null when the text is none (RFC 3863 §4.1.5: then it counts as absent). */
    static @Nullable String priorityOf(@Nullable String text) {
        String value = text == null ? "" : XmlText.strip(text);
        int length = value.length();
        if (length == 0 || length > 5 || length > 1 && value.charAt(1) != '.') {
            return null;
        }
        char whole = value.charAt(0);
        int significant = 1;
        for (int i = 2; i < length; i++) {
            char digit = value.charAt(i);
            if (digit < '0' || digit > (whole == '1' ? '0' : '9')) {
                return null;
            }
            significant = digit == '0' ? significant : i + 1;
        }
        return whole == '0' || whole == '1' ? value.substring(0, significant) : null;
    }
}
