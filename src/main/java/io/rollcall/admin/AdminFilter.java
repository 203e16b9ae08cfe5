package io.rollcall.admin;

import io.rollcall.http.Callers;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets administrators alone to the console; whoever else is signed in is told so. It is right wherever it stands among the
 * filters: who is not signed in is left to the one that leads to the log-in page.
 */
public class AdminFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String FIRST_PAGE = "/admin/overview.xhtml";

    @Inject
    private transient Callers callers;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getUserPrincipal() == null) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (!callers.of(request).admin()) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("text/html; charset=utf-8");
            response.setHeader(
                    "Content-Security-Policy",
                    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'");
            request.getRequestDispatcher("/assets/not-admin.html").include(request, response);
        } else if (path.equals("/admin") || path.equals("/admin/")) {
            response.sendRedirect(FIRST_PAGE);
        } else if (request.getMethod().equals("POST") && !"partial/ajax".equals(request.getHeader("Faces-Request"))) {
            // only the pages' scripts post to them, and only they say so: a form of another site cannot
            response.sendRedirect(path);
        } else {
            chain.doFilter(request, response);
        }
    }
}
