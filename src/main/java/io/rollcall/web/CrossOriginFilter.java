package io.rollcall.web;

import io.rollcall.http.ProblemPage;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other sites use the interface if configuration names their origin (Fetch §3.2), and keeps those of all
 * others from changing anything, or opening a WebSocket, with what a visitor's browser adds by itself: the session cookie, or
 * a password it remembers.
 */
public class CrossOriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> SHARED = Set.of("/rollcall-presence.js", "/login", "/logout");

    @Inject
    @ConfigProperty(name = "rollcall.cors.origins")
    private transient Optional<List<String>> allowed;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        boolean shared = path.startsWith("/api/") || SHARED.contains(path);
        String origin = origin(request);
        if (!isForeign(request, origin)) {
            pass(request, response, chain);
            return;
        }
        response.setHeader("Vary", "Origin");
        if (shared && origin != null && allowed.orElse(List.of()).contains(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Access-Control-Expose-Headers", "ETag, Location, Presentity-Expires, Retry-After");
            if (request.getMethod().equals("OPTIONS")) {
                response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
                response.setHeader(
                        "Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID");
                response.setHeader("Access-Control-Max-Age", "3600");
            }
            pass(request, response, chain);
        } else if (SAFE.contains(request.getMethod()) && request.getHeader("Upgrade") == null) {
            // without the header above the browser keeps the answer from the page
            pass(request, response, chain);
        } else {
            ProblemPage.write(
                    response,
                    new Problem(
                            Kind.FORBIDDEN,
                            "Pages of " + (origin == null ? "another site" : origin)
                                    + " may not do this; rollcall.cors.origins names those that may"));
        }
    }

    /** A preflight carries no credentials and is answered here; it tells nothing but what headers say. */
    private static void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("OPTIONS")) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Where the page is from that asks: what browsers say with all that changes something, and with a WebSocket. */
    private static @Nullable String origin(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        String page = request.getHeader("Referer");
        if (origin != null || page == null) {
            return origin;
        }
        try {
            URI uri = URI.create(page);
            return uri.getScheme() + "://" + uri.getAuthority();
        } catch (IllegalArgumentException malformed) {
            return page;
        }
    }

    /**
     * Whether a page of another origin asks. What names none of these headers is no browser's, and adds nothing to a request
     * that whoever made it did not want there.
     */
    private static boolean isForeign(HttpServletRequest request, @Nullable String origin) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        return origin != null && !isOurs(origin, request);
    }

    private static boolean isOurs(String origin, HttpServletRequest request) {
        try {
            return request.getHeader("Host") != null
                    && request.getHeader("Host").equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
