package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.http.Format;
import io.rollcall.http.ProblemPage;
import io.rollcall.http.Requests;
import io.rollcall.http.Sessions;
import io.rollcall.metrics.Metrics;
import io.rollcall.policy.Handling;
import io.rollcall.presentity.Accounts;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.subscription.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Opens streams of server-sent events. */
@ApplicationScoped
class EventStreams {
    private static final Logger LOG = Logger.getLogger(EventStreams.class.getName());

    @Inject
    private Resumption resumption;

    @Inject
    private Connections connections;

    @Inject
    private Subscribing subscribing;

    @Inject
    private Wishes wishes;

    @Inject
    private ListStreams lists;

    @Inject
    private WatcherFeeds feeds;

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private Accounts accounts;

    @Inject
    private Groups groups;

    @Inject
    private Views views;

    @Inject
    private Metrics metrics;

    /**
     * Opens a stream of what somebody wishes to see.
     *
     * @param list what the wish is that of; null if it is that of the request alone
     * @throws Problem if the wish cannot be met; nothing has been answered then
     */
    void open(
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller,
            Wish wish,
            @Nullable SubscriptionList list)
            throws IOException {
        Format format = Format.ofParameter(request.getParameter("format"));
        boolean tellsWatchers = tellsWatchers(request.getParameter("watchers"), wish, caller);
        int window = Requests.window(request.getParameter("maxRate"));
        // a list stands also while a group of its own is not there
        Set<Address> addresses = list == null ? wishes.addresses(wish) : list.addresses(groups);
        if (addresses.isEmpty() && wish.groups().isEmpty() && !tellsWatchers) {
            throw new Problem(Kind.INVALID_REQUEST, "Name the accounts to watch: ?account=alice@example.com&account=…");
        }
        if (list == null) {
            refuseIfAllBlocked(addresses, caller);
            subscribing.checkRoom(addresses.size());
        }
        EventStream stream = start(request, caller, format, list != null);
        try {
            connections.add(stream, Sessions.of(request));
        } catch (Problem full) {
            ProblemPage.write(response, full);
            stream.disconnect();
            return;
        }
        begin(response);
        try {
            stream.wish(window);
            wishes.add(stream, wish);
            subscribing.subscribe(stream, addresses, resumption.after(lastEventId(request), wish, list));
            if (list != null) {
                lists.add(stream, list);
            }
            if (tellsWatchers) {
                feeds.open(stream);
            }
            stream.connect(connections.output(stream, response.getOutputStream()));
            connections.removeIfClosed(stream);
        } catch (RuntimeException failure) {
            // the answer has begun: the client sees it end, and comes back
            LOG.log(Level.WARNING, "A stream of events could not be begun", failure);
            connections.remove(stream);
        }
    }

    private EventStream start(HttpServletRequest request, Caller caller, Format format, boolean listed) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        return new EventStream(caller, format, subscriptions, async, connections, metrics, listed);
    }

    private static void begin(HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        // what the container commits while the request is still its own cannot get lost between two threads
        response.flushBuffer();
    }

    /** An owner who watches its own account is told who else does, unless it says otherwise. */
    private static boolean tellsWatchers(@Nullable String parameter, Wish wish, Caller caller) {
        if (parameter == null) {
            return wish.accounts().contains(caller.account());
        }
        if (!parameter.equals("true") && !parameter.equals("false")) {
            throw new Problem(Kind.INVALID_REQUEST, "watchers is true or false");
        }
        return parameter.equals("true");
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
