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
import java.util.stream.Collectors;

/**
 * Keeps that administrators look at presence without subscribing to it, of which the owner is told nothing. Pages look again
 * and again: for one administrator, address and account it is kept every ten minutes. Of several accounts at once, a page of
 * the console for one, there is one entry for all, which names them as far as there is room.
 */
@ApplicationScoped
public class Looks {
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
            log.before(act(looks));
            looks.forEach(look -> kept.put(look, true));
        }
    }

    /** What an entry of another action says already. */
    public void said(HttpServletRequest request, Caller by, Address account) {
        kept.put(new Look(by.account(), remote.of(request), account), true);
    }

    private static Act act(List<Look> looks) {
        Look first = looks.get(0);
        boolean one = looks.size() == 1;
        String all = looks.stream().map(look -> look.at.toString()).collect(Collectors.joining(" "));
        return new Act(
                first.by.toString(),
                Action.READ_PRESENCE,
                one ? first.at.toString() : null,
                first.from,
                1,
                one ? "" : looks.size() + " accounts: " + all);
    }
}
