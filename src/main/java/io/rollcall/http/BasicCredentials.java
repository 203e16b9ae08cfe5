package io.rollcall.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a request brings by Basic (RFC 7617). */
public final class BasicCredentials {
    private static final String SCHEME = "Basic ";

    private BasicCredentials() {}

    /** Whether a request brings any. */
    public static boolean areIn(HttpServletRequest request) {
        return areIn(request.getHeader("Authorization"));
    }

    /** The name in them; null if there are none, or none that can be read. */
    public static @Nullable String name(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization == null || !areIn(authorization)) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
            String both = new String(decoded, StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon < 0 ? null : both.substring(0, colon);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static boolean areIn(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }
}
