package io.rollcall.presentity;

import io.rollcall.document.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An account and its live presentities at one version; immutable, so that it is handed between threads as it is.
 *
 * @param presentities in the order of their logins
 */
public record AccountPresence(Account account, List<Presentity> presentities) {

    public AccountPresence {
        presentities = List.copyOf(presentities);
    }

    /** An account nobody has touched yet. */
    public static AccountPresence untouched(String address) {
        return new AccountPresence(Account.untouched(address), List.of());
    }

    public String address() {
        return account.address();
    }

    public long version() {
        return account.version();
    }

    /** The live presentity with that tuple id. */
    public Optional<Presentity> presentity(String tupleId) {
        for (Presentity presentity : presentities) {
            if (presentity.tupleId().equals(tupleId)) {
                return Optional.of(presentity);
            }
        }
        return Optional.empty();
    }

    /** A new presentity logs in: it touches no other (RFC 3903 §4.1). */
    public AccountPresence login(String tupleId, Publication publication, Instant now, Instant expiresAt) {
        Presentity arrived =
                Presentity.login(tupleId, address(), version() + 1, publication, now, expiresAt);
        List<Presentity> next = new ArrayList<>(presentities);
        next.add(arrived);
        return new AccountPresence(account.presenceChanged(null), next);
    }

    /**
     * A presentity publishes anew. Equal state is not a change: it renews the expiry and the entity-tag and leaves the
     * account's version alone.
     */
    public AccountPresence modify(Presentity presentity, Publication publication, Instant now, Instant expiresAt) {
        if (publication.equals(presentity.tuple().publication())) {
            return refresh(presentity, expiresAt);
        }
        Presentity modified = presentity.modified(publication, version() + 1, now, expiresAt);
        return new AccountPresence(account.presenceChanged(null), replaced(presentity, modified));
    }

    /** A refresh moves the expiry and changes the entity-tag, nothing else (RFC 3903 §4.3). */
    public AccountPresence refresh(Presentity presentity, Instant expiresAt) {
        return new AccountPresence(account, replaced(presentity, presentity.refreshed(expiresAt)));
    }

    /** A presentity leaves, by logging out or by expiry. */
    public AccountPresence leave(Presentity presentity, Instant now) {
        List<Presentity> rest = new ArrayList<>(presentities);
        rest.remove(presentity);
        return new AccountPresence(account.presenceChanged(rest.isEmpty() ? now.toEpochMilli() : null), rest);
    }

    /** The account's rules changed; what its presentities say did not. */
    public AccountPresence rulesChanged() {
        return new AccountPresence(account.rulesChanged(), presentities);
    }

    private List<Presentity> replaced(Presentity old, Presentity successor) {
        List<Presentity> next = new ArrayList<>(presentities);
        next.set(next.indexOf(old), successor);
        return next;
    }
}
