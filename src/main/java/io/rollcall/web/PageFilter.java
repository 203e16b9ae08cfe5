package io.rollcall.web;

import io.rollcall.http.ProblemPage;
import io.rollcall.http.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Sends whoever is not signed in to the log-in page, and tells browsers what pages of ours may do. */
public class PageFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String CONTENT =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
    /** The page that shows the interface has its icons in its style sheet. */
    private static final String IMAGES = "; img-src 'self' data:";
    private static final Set<String> OPEN = Set.of("/login.html", "/login", "/logout", "/favicon.ico");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (path.startsWith("/api/")) {
            response.setHeader("X-Content-Type-Options", "nosniff");
            chain.doFilter(request, response);
            return;
        }
        if (!isOfConsole(path)) {
            response.setHeader("Content-Security-Policy", path.startsWith("/openapi/ui/") ? CONTENT + IMAGES : CONTENT);
        }
        if (!path.startsWith("/jakarta.faces.resource/")) {
            // else browsers guess for how long, and mix pages of two releases
            response.setHeader("Cache-Control", "no-cache");
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (OPEN.contains(path) || path.startsWith("/assets/") || request.getUserPrincipal() != null) {
            serve(request, response, chain);
        } else {
            String query = request.getQueryString() == null ? "" : '?' + request.getQueryString();
            String next = URLEncoder.encode(path + query, StandardCharsets.UTF_8);
            response.sendRedirect("/login.html?next=" + next);
        }
    }

    /** The pages of the console say themselves which of their scripts may run; see {@code web.xml}. */
    private static boolean isOfConsole(String path) {
        return path.startsWith("/admin/") && path.endsWith(".xhtml");
    }

    /** What does not exist is answered here: the container would file an incident about every address mistyped. */
    private static void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (FileNotFoundException missing) {
            ProblemPage.write(response, Problems.ofStatus(404));
        }
    }
}
