package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.http.Callers;
import io.rollcall.http.ProblemPage;
import io.rollcall.http.Problems;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.subscription.SubscriptionLists;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET /api/subscriptions/{id}/events}: a list's stream. A filter, because no servlet's pattern has a variable in its
 * midst; what is not for it goes on to the resource.
 */
public class ListEventsFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Pattern EVENTS = Pattern.compile("/api/subscriptions/([^/]+)/events");

    @Inject
    private transient Callers callers;

    @Inject
    private transient SubscriptionLists lists;

    @Inject
    private transient EventStreams streams;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Matcher events = EVENTS.matcher(path);
        if (!events.matches() || request.getMethod().equals("OPTIONS")) {
            chain.doFilter(request, response);
            return;
        }
        try {
            if (!request.getMethod().equals("GET")) {
                response.setHeader("Allow", "GET");
                throw new Problem(Kind.METHOD_NOT_ALLOWED, "Only GET opens a stream of events");
            }
            Caller caller = callers.of(request);
            SubscriptionList list = lists.find(events.group(1), caller);
            streams.open(request, response, caller, Wish.of(list), list);
        } catch (RuntimeException refused) {
            ProblemPage.write(response, Problems.problem(refused));
        }
    }
}
