package io.rollcall.document;

import org.jspecify.annotations.Nullable;

/**
 * URIs in documents. Schemas call them xs:anyURI, of which processors have differing ideas; what follows RFC 3986 §3
 * (with characters beyond ASCII, RFC 3987) is valid for all of them.
 */
final class Uris {
    private static final String ALLOWED = "-._~!$&'()*+,;=:@/?";

    private Uris() {}

    /**
     * The URI as PIDF carries it: characters that may not stand in a URI are percent-encoded. Null where that does not
     * make it one.
     */
    static @Nullable String written(String text) {
        if (isPlain(text)) {
            return text;
        }
        int start = schemeLength(text) + 1;
        boolean badScheme = start == 0 && text.startsWith(":", firstOf(text, ":/?#", 0));
        if (start == text.length() || badScheme || start > 0 && text.charAt(start) == '#') {
            return null;
        }
        int path = start;
        if (text.startsWith("//", start)) {
            path = firstOf(text, "/?#", start + 2);
            boolean nothing = path == start + 2 && path == text.length();
            if (start == 0 || nothing || !isAuthority(text.substring(start + 2, path))) {
                return null;
            }
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, path);
        return appendEscaped(out, text, path) ? out.toString() : null;
    }

    /** The URI as JSON carries it: SIP hosts may be IPv6 literals, whose brackets RFC 3986 allows behind // alone. */
    static String readable(String written) {
        return written.indexOf('%') < 0 || written.startsWith("//", schemeLength(written) + 1)
                ? written
                : written.replace("%5B", "[").replace("%5D", "]");
    }

    /** An absolute URI without an authority, in plain ASCII, such as {@code sip:alice@example.com:5060}. */
    static boolean isPlain(String text) {
        int start = schemeLength(text) + 1;
        if (start == 0 || start == text.length() || text.charAt(start) == '/') {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAllowed(c) && !isEscape(text, i)) {
                return false;
            }
        }
        return true;
    }

    /** How many characters the URI's scheme has (RFC 3986 §3.1), or -1 where it has none. */
    static int schemeLength(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9') && "+-.".indexOf(c) < 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean appendEscaped(StringBuilder out, String text, int start) {
        boolean fragment = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isAllowed(c) || c >= '\u00A0' || c == '#' && !fragment || isEscape(text, i)) {
                out.append(c);
            } else if (c == '%') {
                return false;
            } else {
                PercentEncoding.append(out, String.valueOf(c), "");
            }
            fragment |= c == '#';
        }
        return true;
    }

    /** {@code user@host:port}, RFC 3986 §3.2, but a colon needs its port. */
    private static boolean isAuthority(String authority) {
        int at = authority.indexOf('@');
        String host = authority.substring(at + 1);
        if (at >= 0 && (host.isEmpty() || !isUser(authority.substring(0, at)))) {
            return false;
        }
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : firstOf(host, ":", 0);
        if (host.startsWith("[") ? !isIpLiteral(host.substring(0, end)) : !isName(host.substring(0, end))) {
            return false;
        }
        String port = host.substring(end);
        return port.isEmpty()
                || port.startsWith(":") && port.length() > 1 && port.length() < 7 && containsOnly(port, ":0123456789")
                        && port.lastIndexOf(':') == 0;
    }

    private static boolean isUser(String user) {
        for (int i = 0; i < user.length(); i++) {
            if (!isAllowed(user.charAt(i)) && user.charAt(i) < '\u00A0' && !isEscape(user, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpLiteral(String literal) {
        return literal.length() > 3
                && containsOnly(literal.substring(1, literal.length() - 1), "0123456789abcdefABCDEF:.");
    }

    private static boolean isName(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!PercentEncoding.isAlphanumeric(c) && "-._~".indexOf(c) < 0 && c < '\u00A0') {
                return false;
            }
        }
        return true;
    }

    private static boolean containsOnly(String text, String characters) {
        return text.chars().allMatch(c -> characters.indexOf(c) >= 0);
    }

    private static boolean isAllowed(char c) {
        return PercentEncoding.isAlphanumeric(c) || ALLOWED.indexOf(c) >= 0;
    }

    private static boolean isEscape(String text, int at) {
        return text.charAt(at) == '%'
                && at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0
                && text.charAt(at + 1) < 0x80
                && text.charAt(at + 2) < 0x80;
    }

    /** The place of the first of the marks, or the end of the text. */
    private static int firstOf(String text, String marks, int start) {
        for (int i = start; i < text.length(); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
