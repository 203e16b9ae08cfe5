package io.rollcall.document;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How URIs carry characters that they do not allow (RFC 3986 §2.1). */
public final class PercentEncoding {
    private PercentEncoding() {}

    /** Appends the text as UTF-8, each byte that is neither a letter, a digit nor among {@code unescaped} as %XX. */
    static StringBuilder append(StringBuilder out, String text, String unescaped) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isAlphanumeric(c) || unescaped.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return out;
    }

    /** The text that was percent-encoded, or null when it is not well-formed. */
    public static @Nullable String decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int value = in[i];
            if (value == '%') {
                int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
                if (low < 0) {
                    return null;
                }
                value = high << 4 | low;
                i += 2;
            }
            out[length++] = (byte) value;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }
}
