package io.rollcall.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.RemoteAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Keeps that administrators look at presence without subscribing to it, of which the owner is told nothing. Pages look again
 * and again: for one administrator, address and account there is an entry every ten minutes. Of more accounts at once than a
 * page shows there is one entry for all.
 */
@ApplicationScoped
public class Looks {
    private static final int MOST_APART = 100;
    private static final Duration BETWEEN_ENTRIES = Duration.ofMinutes(10);

    private final Cache<Look, Boolean> kept =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(BETWEEN_ENTRIES).build();

    @Inject
    private AuditLog log;

    @Inject
    private RemoteAddress remote;

    private record Look(Address by, String from, Address at) {}

    /**
     * Keeps it before it is done; of those who are no administrators nothing.
     *
     * @throws io.rollcall.problem.Problem {@link io.rollcall.problem.Kind#UNAVAILABLE} if it cannot be kept
     */
    public void before(HttpServletRequest request, Caller by, Collection<Address> accounts) {
        if (!by.admin()) {
            return;
        }
        String from = remote.of(request);
        List<Look> looks = accounts.stream()
                .distinct()
                .filter(account -> !by.owns(account))
                .map(account -> new Look(by.account(), from, account))
                .filter(look -> kept.getIfPresent(look) == null)
                .toList();
        if (!looks.isEmpty()) {
            log.before(looks.size() > MOST_APART ? List.of(act(looks)) : looks.stream().map(Looks::act).toList());
            looks.forEach(look -> kept.put(look, true));
        }
    }

    /** What an entry of another action says already. */
    public void said(HttpServletRequest request, Caller by, Address account) {
        kept.put(new Look(by.account(), remote.of(request), account), true);
    }

    private static Act act(Look look) {
        return new Act(look.by.toString(), Action.READ_PRESENCE, look.at.toString(), look.from, 1, "");
    }

    private static Act act(List<Look> looks) {
        Look first = looks.get(0);
        return new Act(first.by.toString(), Action.READ_PRESENCE, null, first.from, 1, looks.size() + " accounts");
    }
}
