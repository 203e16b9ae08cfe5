package io.rollcall.web;

import io.rollcall.http.ProblemPage;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets pages of other sites use the interface if configuration names their origin (Fetch §3.2), and keeps those of all
 * others from changing anything with a visitor's cookie.
 */
@WebFilter(
        urlPatterns = {"/admin/*", "/api/*", "/rollcall-presence.js", "/login", "/logout"},
        dispatcherTypes = DispatcherType.REQUEST,
        asyncSupported = true)
public class CrossOriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    @ConfigProperty(name = "rollcall.cors.origins")
    private transient Optional<List<String>> allowed;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        if (origin == null || isOurs(origin, request)) {
            pass(request, response, chain);
            return;
        }
        response.setHeader("Vary", "Origin");
        if (allowed.orElse(List.of()).contains(origin)) {
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
                            "Pages of " + origin + " may not do this; rollcall.cors.origins names those that may"));
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

    private static boolean isOurs(String origin, HttpServletRequest request) {
        try {
            return request.getHeader("Host") != null
                    && request.getHeader("Host").equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
