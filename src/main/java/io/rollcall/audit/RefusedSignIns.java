package io.rollcall.audit;

import io.rollcall.http.RefusedSignIn;
import io.rollcall.recurring.Sweeps;
import io.rollcall.server.ServerStop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gathers refused sign-ins, so that whoever guesses passwords cannot fill the database: what is refused to one name from
 * one address in the same way comes to an entry at once and then one a minute, which says how many there were. Of more
 * than so many names and addresses within a minute the rest is one entry too.
 */
@ApplicationScoped
public class RefusedSignIns {
    private static final Logger LOG = Logger.getLogger(RefusedSignIns.class.getName());
    private static final int MOST = 100;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final long BETWEEN_ENTRIES = Duration.ofMinutes(1).toNanos();
    private static final RefusedSignIn OTHERS =
            new RefusedSignIn(RefusedSignIn.UNKNOWN, "many", "from more addresses than are told apart");

    private final Map<RefusedSignIn, Count> counts = new LinkedHashMap<>();

    @Inject
    private AuditLog log;

    @Inject
    private Sweeps sweeps;

    /** How often it was refused since the last entry, and when there may be the next one. */
    private static final class Count {
        private int times;
        private long due;

        Count(long due) {
            this.due = due;
        }
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps.every(BETWEEN_LOOKS, () -> keep(System.nanoTime()));
    }

    /** While the database is still there. */
    void leave(@Observes ServerStop.Begun begun) {
        try {
            keep(System.nanoTime() + BETWEEN_ENTRIES);
        } catch (RuntimeException away) {
            LOG.log(Level.WARNING, "The last refused sign-ins are not in the audit log", away);
        }
    }

    void refused(@Observes RefusedSignIn refusal) {
        add(refusal, System.nanoTime());
    }

    synchronized void add(RefusedSignIn refusal, long now) {
        RefusedSignIn one = counts.containsKey(refusal) || counts.size() < MOST ? refusal : OTHERS;
        counts.computeIfAbsent(one, any -> new Count(now)).times++;
    }

    private void keep(long now) {
        Map<RefusedSignIn, Integer> due = takeDue(now);
        if (due.isEmpty()) {
            return;
        }
        try {
            log.keep(due.entrySet().stream()
                    .map(entry -> act(entry.getKey(), entry.getValue()))
                    .toList());
        } catch (RuntimeException failure) {
            putBack(due, now);
            throw failure;
        }
    }

    /** What is to be kept now, and how many times it happened. */
    synchronized Map<RefusedSignIn, Integer> takeDue(long now) {
        Map<RefusedSignIn, Integer> due = new LinkedHashMap<>();
        counts.values().removeIf(count -> count.times == 0 && now - count.due >= 0);
        counts.forEach((refusal, count) -> {
            if (now - count.due >= 0) {
                due.put(refusal, count.times);
                count.times = 0;
                count.due = now + BETWEEN_ENTRIES;
            }
        });
        return due;
    }

    private synchronized void putBack(Map<RefusedSignIn, Integer> taken, long now) {
        taken.forEach((refusal, times) -> {
            Count count = counts.computeIfAbsent(refusal, any -> new Count(now));
            count.times += times;
            count.due = now;
        });
    }

    private static Act act(RefusedSignIn refusal, int times) {
        return new Act(refusal.account(), Action.SIGN_IN_REFUSED, null, refusal.remote(), times, refusal.means());
    }
}
