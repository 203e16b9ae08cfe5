package io.rollcall.ticket;

import io.rollcall.directory.Caller;
import io.rollcall.http.KnownCaller;
import io.rollcall.http.ProblemPage;
import io.rollcall.http.Problems;
import io.rollcall.http.Refusals;
import io.rollcall.http.Requests;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.regex.Pattern;

/**
 * Takes tickets for streams and the WebSocket, such as {@code /api/events?ticket=…}. The container leaves these addresses, and
 * all of {@code /api/subscriptions} for the sake of lists' streams, open ({@code web.xml}), for it knows no tickets: it only
 * looks at passwords and cookies there. Here it is asked to look at tokens too, and whoever is nobody is refused.
 */
public class TicketFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final Pattern OPENED = Pattern.compile("/api/(events|socket|subscriptions/[^/]+/events)");

    @Inject
    private transient Tickets tickets;

    @Inject
    private transient Refusals refusals;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean opened =
                request.getMethod().equals("GET") && OPENED.matcher(request.getRequestURI()).matches();
        String ticket;
        try {
            ticket = opened ? Requests.queryParameter(request, "ticket") : null;
        } catch (Problem malformed) {
            ProblemPage.write(response, malformed);
            return;
        }
        if (ticket != null) {
            redeem(ticket, request, response, chain);
        } else if (request.getUserPrincipal() != null || Requests.bringToken(request) && request.authenticate(response)) {
            chain.doFilter(request, response);
        } else {
            // a token's challenge is there already
            if (!response.containsHeader(CHALLENGE)) {
                response.setHeader(CHALLENGE, "Basic realm=\"Rollcall\"");
            }
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    private void redeem(String ticket, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Caller holder;
        try {
            holder = tickets.redeem(ticket).orElseThrow(() -> refused(request));
        } catch (RuntimeException failure) {
            Problem problem = Problems.problem(failure);
            if (problem.kind() == Kind.NOT_SIGNED_IN) {
                response.setHeader(CHALLENGE, "Ticket realm=\"Rollcall\"");
            }
            ProblemPage.write(response, problem);
            return;
        }
        chain.doFilter(new Ticketed(request, new KnownCaller(holder)), response);
    }

    private Problem refused(HttpServletRequest request) {
        refusals.refused(null, request, "ticket");
        return new Problem(
                Kind.NOT_SIGNED_IN, "The ticket was used already, or is too old; POST /api/tickets for another");
    }

    /** A request that is its ticket holder's, whoever else it may seem to come from. */
    private static final class Ticketed extends HttpServletRequestWrapper {
        private final KnownCaller holder;

        Ticketed(HttpServletRequest request, KnownCaller holder) {
            super(request);
            this.holder = holder;
        }

        @Override
        public Principal getUserPrincipal() {
            return holder;
        }

        @Override
        public String getRemoteUser() {
            return holder.getName();
        }

        @Override
        public boolean isUserInRole(String role) {
            return holder.isIn(role);
        }
    }
}
