package io.rollcall.notification;

import io.rollcall.document.Address;
import io.rollcall.http.Callers;
import io.rollcall.http.ProblemPage;
import io.rollcall.http.Problems;
import io.rollcall.http.Requests;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/events}: presence as server-sent events. A servlet, because it alone can write without blocking: a
 * thread for each watcher, or one slow watcher in the way of others, is what this server must not have.
 */
@WebServlet(urlPatterns = "/api/events", asyncSupported = true)
public class EventsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Callers callers;

    @Inject
    private transient EventStreams streams;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            streams.open(request, response, callers.of(request), wish(request), null);
        } catch (RuntimeException refused) {
            ProblemPage.write(response, Problems.problem(refused));
        }
    }

    /** A stream has no end that could be told beforehand. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Allow", "GET");
        ProblemPage.write(response, new Problem(Kind.METHOD_NOT_ALLOWED, "Only GET opens a stream of events"));
    }

    private static Wish wish(HttpServletRequest request) {
        Set<Address> accounts = new LinkedHashSet<>();
        for (String account : parameters(request, "account")) {
            accounts.add(Requests.address(account));
        }
        return new Wish(accounts, new LinkedHashSet<>(parameters(request, "group")));
    }

    private static List<String> parameters(HttpServletRequest request, String name) {
        String @Nullable [] values = request.getParameterValues(name);
        return values == null ? List.of() : List.of(values);
    }
}
