package io.rollcall.notification;

import io.rollcall.policy.Handling;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Callers;
import io.rollcall.http.ProblemPage;
import io.rollcall.http.Problems;
import io.rollcall.http.Requests;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.Accounts;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.Subscriptions;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/events}: presence as server-sent events. A servlet, because it alone can write without blocking: a
 * thread for each watcher, or one slow watcher in the way of others, is what this server must not have.
 */
@WebServlet(urlPatterns = "/api/events", asyncSupported = true)
public class EventsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(EventsServlet.class.getName());

    @Inject
    private transient Callers callers;

    @Inject
    private transient Connections connections;

    @Inject
    private transient Subscriptions subscriptions;

    @Inject
    private transient Accounts accounts;

    @Inject
    private transient Views views;

    @Inject
    private transient Metrics metrics;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            open(request, response);
        } catch (RuntimeException refused) {
            ProblemPage.write(response, Problems.problem(refused));
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = callers.of(request);
        Format format = Format.ofParameter(request.getParameter("format"));
        Set<Address> addresses = addresses(request.getParameterValues("account"));
        Long resumeAfter = lastEventId(request);
        refuseIfAllBlocked(addresses, caller);

        connections.checkRoom(0, addresses.size());
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        EventStream stream = new EventStream(caller, format, subscriptions, async, connections, metrics);
        try {
            connections.add(stream);
        } catch (Problem full) {
            ProblemPage.write(response, full);
            async.complete();
            return;
        }
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        // what the container commits while the request is still its own cannot get lost between two threads
        response.flushBuffer();
        try {
            connections.subscribe(stream, addresses, resumeAfter);
            stream.connect(connections.output(stream, response.getOutputStream()));
        } catch (RuntimeException failure) {
            // the answer has begun: the client sees it end, and comes back
            LOG.log(Level.WARNING, "A stream of events could not be begun", failure);
            connections.remove(stream);
        }
    }

    /** A stream has no end that could be told beforehand. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Allow", "GET");
        ProblemPage.write(response, new Problem(Kind.METHOD_NOT_ALLOWED, "Only GET opens a stream of events"));
    }

    private static Set<Address> addresses(String @Nullable [] accounts) {
        if (accounts == null) {
            throw new Problem(Kind.INVALID_REQUEST, "Name the accounts to watch: ?account=alice@example.com&account=…");
        }
        Set<Address> addresses = new LinkedHashSet<>();
        for (String account : accounts) {
            addresses.add(Requests.address(account));
        }
        return addresses;
    }

    /** An id that is none of ours was not given by this server: the watcher is sent everything. */
    private static @Nullable Long lastEventId(HttpServletRequest request) {
        String id = request.getHeader("Last-Event-ID");
        if (id == null) {
            id = request.getParameter("lastEventId");
        }
        try {
            return id == null ? null : Long.valueOf(id.strip());
        } catch (NumberFormatException foreign) {
            return null;
        }
    }

    /** Where there is nothing to wait for, the refusal is the answer: a browser then does not come back. */
    private void refuseIfAllBlocked(Set<Address> addresses, Caller caller) {
        Problem refusal = null;
        for (Address address : addresses) {
            View view = views.view(accounts.find(address.toString()), caller);
            if (view.handling() != Handling.BLOCK) {
                return;
            }
            refusal = new Problem(Kind.BLOCKED, address + " does not share its presence with you");
        }
        if (refusal != null) {
            throw refusal;
        }
    }
}
