package io.rollcall.audit;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.RemoteAddress;
import io.rollcall.metrics.Alarm;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.Change;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.recurring.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Keeps who did what, and finds it again. What is kept is only ever removed when it is old. */
@ApplicationScoped
public class AuditLog {
    private static final Logger LOG = Logger.getLogger(AuditLog.class.getName());
    private static final int FORGOTTEN_AT_ONCE = 1000;

    @Inject
    private Database database;

    @Inject
    private DatabaseClock clock;

    @Inject
    private RemoteAddress remote;

    @Inject
    private Metrics metrics;

    @Inject
    private Sweeps sweeps;

    @Inject
    @ConfigProperty(name = "rollcall.retention.audit", defaultValue = "P365D")
    private Duration kept;

    @Inject
    @ConfigProperty(name = "rollcall.retention.sweep", defaultValue = "PT1H")
    private Duration interval;

    private final AtomicLong failures = new AtomicLong();

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        metrics.gauge(
                "rollcall.audit.failures",
                "Attempts in vain to keep something in the audit log; what was to be done was refused, or is tried again",
                failures::get);
        sweeps.every(interval, this::forget);
    }

    /**
     * What is to be kept of something that a request asks for.
     *
     * @param target whom it is done to; null if that is no account
     * @param detail what else there is to know, in a few words; never a secret
     * @return null where nothing is, see {@link Action#isKeptOf}
     */
    public @Nullable Act act(
            HttpServletRequest request, Caller by, Action action, @Nullable Address target, String detail) {
        return action.isKeptOf(by, target) ? act(remote.of(request), by, action, target, detail) : null;
    }

    /** The same of what is asked for in another way, from that address. */
    public static @Nullable Act act(
            String from, Caller by, Action action, @Nullable Address target, String detail) {
        return action.isKeptOf(by, target)
                ? new Act(by.account().toString(), action, target == null ? null : target.toString(), from, 1, detail)
                : null;
    }

    /**
     * Keeps an act that changes nothing, before it is done.
     *
     * @param act null where nothing is to be kept
     * @throws Problem {@link Kind#UNAVAILABLE} if it cannot be kept: it must not be done then
     */
    public void before(@Nullable Act act) {
        if (act == null) {
            return;
        }
        try {
            keep(List.of(act));
        } catch (RuntimeException failure) {
            Alarm.NOT_AUDITED.raise(LOG, "Nothing can be kept in the audit log: what has to be is refused", failure);
            throw Problem.forNow("The audit log cannot take it just now, so it was not done; try again", failure);
        }
    }

    /**
     * Has an act kept in the transaction of the change that it makes: both are stored, or neither.
     *
     * @param act null where nothing is to be kept
     */
    public static <R> Change<R> with(@Nullable Act act, Change<R> change) {
        return act == null
                ? change
                : change.with(time -> session -> EntryRows.insert(session, time, List.of(act)));
    }

    /** Keeps some at the present time; all of them or none. */
    void keep(Collection<Act> acts) {
        try {
            database.inTransaction(session -> {
                EntryRows.insert(session, clock.now(), acts);
                return null;
            });
        } catch (RuntimeException failure) {
            failures.incrementAndGet();
            throw failure;
        }
    }

    /** The entries behind a position, the newest first, at most so many. */
    public List<Entry> find(Filter filter, Position before, int limit) {
        return database.read(session -> EntryRows.find(session, filter, before, limit));
    }

    /** How many entries there are, counted up to a limit. */
    public long count(Filter filter, int limit) {
        return database.read(session -> EntryRows.count(session, filter, limit));
    }

    /** Removes what has been kept for long enough, a little at a time. */
    private void forget() {
        Instant before = clock.now().minus(kept);
        int forgotten = FORGOTTEN_AT_ONCE;
        while (forgotten == FORGOTTEN_AT_ONCE) {
            forgotten = database.inTransaction(session -> EntryRows.forget(session, before, FORGOTTEN_AT_ONCE));
        }
    }
}
