package io.rollcall.web;

import io.rollcall.http.ProblemPage;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests of which it is not certain where they end, or whom they are for (RFC 9112 §3.2, §6): what a proxy in front
 * took for a body would be another request here. The container takes many of them. Nothing that follows on the connection is
 * read.
 */
public class FramingFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String wrong = wrong(
                values(request, "Host"), values(request, "Content-Length"), values(request, "Transfer-Encoding"));
        if (wrong == null) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("Connection", "close");
            ProblemPage.write(response, new Problem(Kind.INVALID_REQUEST, wrong));
        }
    }

    /** What is wrong with these headers; null if nothing is. */
    static @Nullable String wrong(List<String> hosts, List<String> lengths, List<String> encodings) {
        if (hosts.size() > 1) {
            return "A request has one Host";
        }
        if (lengths.size() > 1 || !lengths.isEmpty() && !encodings.isEmpty()) {
            return "A request has one Content-Length, or Transfer-Encoding";
        }
        boolean chunked = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
        return encodings.isEmpty() || chunked ? null : "Transfer-Encoding is chunked, or not there";
    }

    private static List<String> values(HttpServletRequest request, String name) {
        // hardly any request has one of these more than once, and most have no body
        return request.getHeader(name) == null ? List.of() : new ArrayList<>(Collections.list(request.getHeaders(name)));
    }
}
