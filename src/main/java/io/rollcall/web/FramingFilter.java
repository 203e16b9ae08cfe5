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
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests of which it is not certain where they end, or whom they are for (RFC 9112 §3.2, §6): what a proxy in front
 * took for a body would be another request here. The container takes many of them. Nothing that follows on the connection is
 * read.
 */
public class FramingFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String wrong = wrong(
                request.getProtocol(),
                values(request, "Host"),
                values(request, "Content-Length"),
                values(request, "Transfer-Encoding"));
        if (wrong == null) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("Connection", "close");
            ProblemPage.write(response, new Problem(Kind.INVALID_REQUEST, wrong));
        }
    }

    /** What is wrong with a request of that version and with these headers; null if nothing is. */
    static @Nullable String wrong(String version, List<String> hosts, List<String> lengths, List<String> encodings) {
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            return "HTTP/1.1 is spoken here";
        }
        if (hosts.size() > 1 || hosts.isEmpty() && version.equals("HTTP/1.1")) {
            return "A request has one Host";
        }
        if (!lengths.isEmpty() && !LENGTH.matcher(lengths.get(0)).matches()) {
            return "Content-Length is a number";
        }
        if (lengths.size() > 1 || !lengths.isEmpty() && !encodings.isEmpty()) {
            return "A request has one Content-Length, or Transfer-Encoding";
        }
        if (!encodings.isEmpty() && version.equals("HTTP/1.0")) {
            return "HTTP/1.0 has no Transfer-Encoding";
        }
        boolean chunked = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
        return encodings.isEmpty() || chunked ? null : "Transfer-Encoding is chunked, or not there";
    }

    private static List<String> values(HttpServletRequest request, String name) {
        // hardly any request has one of these more than once, and most have no body
        return request.getHeader(name) == null ? List.of() : Collections.list(request.getHeaders(name));
    }
}
