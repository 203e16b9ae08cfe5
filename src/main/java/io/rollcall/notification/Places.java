package io.rollcall.notification;

import io.rollcall.document.Address;
import io.rollcall.metrics.Alarm;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The connections that this node has room for: so many in all, so many of one account. */
@ApplicationScoped
class Places {
    private static final Logger LOG = Logger.getLogger(Places.class.getName());
    private static final int COME_BACK_SECONDS = 30;

    private final int most;
    private final int mostOfOne;
    private final AtomicInteger taken = new AtomicInteger();
    private final ConcurrentHashMap<Address, Integer> byAccount = new ConcurrentHashMap<>();

    /** For CDI's proxy. */
    protected Places() {
        this(0, 0);
    }

    /** @param mostOfOne 0 for no limit */
    @Inject
    Places(
            @ConfigProperty(name = "rollcall.limits.connections", defaultValue = "20000") int most,
            @ConfigProperty(name = "rollcall.limits.user-connections", defaultValue = "100") int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne == 0 ? Integer.MAX_VALUE : mostOfOne;
    }

    /**
     * Takes a place, to be freed.
     *
     * @throws Problem {@link Kind#UNAVAILABLE} if there is none, {@link Kind#TOO_MANY_REQUESTS} if it is this account that
     *     has as many as it may
     */
    void take(Address account) {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            Alarm.FULL.raise(LOG, "No watcher can connect: there are " + most + " already");
            throw comeBack(Kind.UNAVAILABLE, "The server has all the watchers it can serve; try again later");
        }
        if (byAccount.merge(account, 1, Integer::sum) > mostOfOne) {
            free(account);
            throw comeBack(Kind.TOO_MANY_REQUESTS, "You have " + mostOfOne + " connections open here; close one, or watch"
                    + " more accounts over one");
        }
    }

    void free(Address account) {
        byAccount.computeIfPresent(account, (any, number) -> number == 1 ? null : number - 1);
        taken.decrementAndGet();
    }

    private static Problem comeBack(Kind kind, String detail) {
        return new Problem(kind, detail).with("retryAfter", COME_BACK_SECONDS);
    }
}
