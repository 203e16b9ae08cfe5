package io.rollcall.document;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What XML 1.0 says of characters: which are allowed, which are blank, how they are escaped. */
final class XmlText {
    private XmlText() {}

    static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    static boolean isBlank(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isBlank(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The text without blank characters at its ends; only those that XML counts as blank. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Stripped, and every run of blanks inside made one space: the value of an xs:token. */
    static String collapse(String text) {
        String stripped = strip(text);
        StringBuilder out = new StringBuilder(stripped.length());
        boolean afterBlank = false;
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (!isBlank(c)) {
                out.append(c);
            } else if (!afterBlank) {
                out.append(' ');
            }
            afterBlank = isBlank(c);
        }
        return out.toString();
    }

    /** The place of the first character that XML 1.0 does not allow (§2.2), or -1. */
    static int firstForbidden(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c < ' ' && !isBlank(c) || Character.isSurrogate(c) || c >= '\uFFFE') {
                return i;
            }
        }
        return -1;
    }

    /** The tag if it has the form of xs:language, else null: a watcher's schema would refuse the note. */
    static @Nullable String languageTag(@Nullable String tag) {
        if (tag == null) {
            return null;
        }
        String stripped = strip(tag);
        int run = 0;
        boolean first = true;
        for (int i = 0; i < stripped.length(); i++) {
            char c = Character.toLowerCase(stripped.charAt(i));
            if (c == '-' && run > 0) {
                run = 0;
                first = false;
            } else if (!(c >= 'a' && c <= 'z' || !first && c >= '0' && c <= '9') || ++run > 8) {
                return null;
            }
        }
        return run == 0 ? null : stripped;
    }

    static StringBuilder appendText(StringBuilder out, String text) {
        return append(out, text, false);
    }

    /** Appends {@code  name="value"} with a space before it. */
    static StringBuilder appendAttribute(StringBuilder out, String name, String value) {
        out.append(' ').append(name).append("=\"");
        return append(out, value, true).append('"');
    }

    /** Escapes {@code >} as well, so that tags can be found in canonical XML by their brackets alone. */
    private static StringBuilder append(StringBuilder out, String text, boolean attribute) {
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            String escaped = escape(text.charAt(i), attribute);
            if (escaped != null) {
                out.append(text, done, i).append(escaped);
                done = i + 1;
            }
        }
        return out.append(text, done, text.length());
    }

    private static @Nullable String escape(char c, boolean attribute) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\r' -> "&#13;";
            case '"' -> attribute ? "&quot;" : null;
            case '\n' -> attribute ? "&#10;" : null;
            case '\t' -> attribute ? "&#9;" : null;
            default -> null;
        };
    }

    /** A name for a message to the author: never long, never with control characters. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < 60; i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || Character.isSurrogate(c) || c >= '\uFFFE'
                    ? String.format(Locale.ROOT, "\\u%04x", (int) c)
                    : String.valueOf(c));
        }
        return out.append(text.length() > 60 ? "…\"" : "\"").toString();
    }
}
