package io.rollcall.policy;

import java.util.Locale;

/**
 * Whether two URIs are the same (RFC 3986 §6.2.2): letter case does not matter in schemes and hosts, nor whether what
 * need not be escaped is. URNs are compared as a whole without regard to case up to their namespace's own part (RFC 8141
 * §3), and those of {@code urn:uuid} altogether.
 */
final class UriEquivalence {
    private UriEquivalence() {}

    static boolean equal(String one, String other) {
        return one.equals(other) || normal(one).equals(normal(other));
    }

    static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    private static String normal(String uri) {
        String text = unescaped(uri.strip());
        String scheme = scheme(text);
        String rest = text.substring(text.indexOf(':') + 1);
        if (scheme.equals("urn")) {
            int end = rest.indexOf(':') + 1;
            String namespace = rest.substring(0, end).toLowerCase(Locale.ROOT);
            String own = rest.substring(end);
            return "urn:" + namespace + (namespace.equals("uuid:") ? own.toLowerCase(Locale.ROOT) : own);
        }
        int host = rest.startsWith("//") ? 2 : 0;
        int end = firstOf(rest, "/?#;", host);
        int at = rest.lastIndexOf('@', end - 1);
        if (host == 0 && at < 0) {
            return scheme + ':' + rest;
        }
        int start = Math.max(host, at + 1);
        return scheme + ':' + rest.substring(0, start) + rest.substring(start, end).toLowerCase(Locale.ROOT)
                + rest.substring(end);
    }

    /** Escapes of letters, digits and {@code -._~} undone, the others in upper case. */
    private static String unescaped(String uri) {
        if (uri.indexOf('%') < 0) {
            return uri;
        }
        StringBuilder out = new StringBuilder(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            int high = uri.charAt(i) == '%' && i + 2 < uri.length() ? Character.digit(uri.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(uri.charAt(i + 2), 16);
            if (low < 0) {
                out.append(uri.charAt(i));
                continue;
            }
            char c = (char) (high << 4 | low);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : uri.substring(i, i + 3).toUpperCase(Locale.ROOT));
            i += 2;
        }
        return out.toString();
    }

    private static int firstOf(String text, String marks, int start) {
        for (int i = start; i < text.length(); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
