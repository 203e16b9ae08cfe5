package io.rollcall.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sessions that a cookie stands for. */
public final class Sessions {
    private static final String COOKIE = "rollcall-session";

    private Sessions() {}

    /** Somebody signed out: what was begun in that session ends. */
    public record Ended(UUID session) {}

    /** What tells the session of a request from others, and does not give its cookie away; null if it brings none. */
    public static @Nullable UUID of(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE) && !cookie.getValue().isEmpty()) {
                    return UUID.nameUUIDFromBytes(cookie.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return null;
    }
}
