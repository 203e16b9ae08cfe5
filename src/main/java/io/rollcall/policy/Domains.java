package io.rollcall.policy;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The comparison of domains (RFC 4745 §7.1.3): percent-decoded, ToASCII, label by label without regard to case. */
final class Domains {
    private Domains() {}

    static boolean equal(String one, String other) {
        String ascii = ascii(one);
        return ascii != null && ascii.equals(ascii(other));
    }

    /** A form of which there is one for all that are equal; null for what cannot be a domain, which equals none. */
    static @Nullable String ascii(String domain) {
        try {
            String decoded = domain.indexOf('%') < 0
                    ? domain
                    : URLDecoder.decode(domain.replace("+", "%2B"), StandardCharsets.UTF_8);
            String ascii = IDN.toASCII(decoded.strip()).toLowerCase(Locale.ROOT);
            return ascii.isEmpty() ? null : ascii;
        } catch (IllegalArgumentException noDomain) {
            return null;
        }
    }
}
