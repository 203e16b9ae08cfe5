package io.rollcall.presentity;

import io.rollcall.document.OwnWord;
import io.rollcall.document.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** Whether a presentity is live. */
    public boolean isLive() {
        return !presentities.isEmpty();
    }

    /** When it was last seen, in milliseconds since 1970; null while a presentity is live, or where none ever was. */
    public @Nullable Long lastSeen() {
        return isLive() ? null : account.lastSeen();
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
        return new AccountPresence(account.presenceChanged(account.lastSeen()), next);
    }

    /**
     * A presentity publishes anew. Equal state is not a change: it renews the expiry and the entity-tag and leaves the
     * account's version alone.
     */
    public AccountPresence modify(Presentity presentity, Publication publication, Instant now, Instant expiresAt) {
        if (publication.equals(presentity.tuple().published())) {
            return refresh(presentity, expiresAt);
        }
        Presentity modified = presentity.modified(publication, version() + 1, now, expiresAt);
        return new AccountPresence(account.presenceChanged(account.lastSeen()), replaced(presentity, modified));
    }

    /** A refresh moves the expiry and changes the entity-tag, nothing else (RFC 3903 §4.3). */
    public AccountPresence refresh(Presentity presentity, Instant expiresAt) {
        return new AccountPresence(account, replaced(presentity, presentity.refreshed(expiresAt)));
    }

    /** A presentity leaves, by logging out or by expiry. */
    public AccountPresence leave(Presentity presentity, Instant now) {
        List<Presentity> rest = new ArrayList<>(presentities);
        rest.remove(presentity);
        return new AccountPresence(account.presenceChanged(rest.isEmpty() ? Long.valueOf(now.toEpochMilli()) : account.lastSeen()), rest);
    }

    /** The account's rules changed; what its presentities say did not. */
    public AccountPresence rulesChanged() {
        return new AccountPresence(account.rulesChanged(), presentities);
    }

    /**
     * The time has come at which something that a presentity published begins or ends to hold (RFC 4480 §3.1). Its
     * expiry and its entity-tag stay as they are: its client did nothing.
     */
    public AccountPresence turn(Presentity presentity, Instant now) {
        Presentity turned = presentity.turned(version() + 1, now);
        return new AccountPresence(account.presenceChanged(account.lastSeen()), replaced(presentity, turned));
    }

    /** The owner says something over all its clients. Equal words are no change. */
    public AccountPresence prefer(OwnWord word, Instant now) {
        Preferred before = account.preferred();
        return before != null && before.word().equals(word)
                ? this
                : new AccountPresence(account.preferring(Preferred.said(word, this, now)), presentities);
    }

    /** The owner's own word ends; no change where there is none. */
    public AccountPresence unprefer() {
        return account.preferred() == null ? this : new AccountPresence(account.preferring(null), presentities);
    }

    /** How long ago the account was seen is forgotten; no change where it is not known. */
    public AccountPresence forgetLastSeen() {
        return account.lastSeen() == null
                ? this
                : new AccountPresence(account.presenceChanged(null), presentities);
    }

    /** All that is known of the account is forgotten; its versions go on should it come back. */
    public AccountPresence erase() {
        return new AccountPresence(account.erased(), List.of());
    }

    private List<Presentity> replaced(Presentity old, Presentity successor) {
        List<Presentity> next = new ArrayList<>(presentities);
        next.set(next.indexOf(old), successor);
        return next;
    }
}
