package io.rollcall.subscription;

import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A list of accounts that somebody wants to see, connected or not. It ends unless it is refreshed.
 *
 * @param revision grows when its accounts or groups change: when they did last, in milliseconds since 1970, or a
 *     little more; 1 before that
 * @param accounts those it names itself
 * @param groups groups of the directory: whoever belongs to one at a time is in the list at that time
 */
public record SubscriptionList(
        String id,
        Caller owner,
        Delivery delivery,
        long revision,
        Instant createdAt,
        Instant expiresAt,
        Set<Address> accounts,
        Set<String> groups) {

    /** The accounts in it now. */
    public Set<Address> addresses(Groups directory) {
        if (groups.isEmpty()) {
            return accounts;
        }
        Set<Address> all = new LinkedHashSet<>(accounts);
        groups.forEach(group -> all.addAll(directory.members(group)));
        return all;
    }

    /** When its accounts or groups changed last; long ago if they never did. */
    public Instant changedAt() {
        return Instant.ofEpochMilli(revision);
    }

    /** The same with other entries and a later end. */
    SubscriptionList replaced(ListRequest request, Instant now, Instant newExpiry) {
        return new SubscriptionList(
                id,
                owner,
                request.delivery(),
                Math.max(revision + 1, now.toEpochMilli()),
                createdAt,
                newExpiry,
                request.accounts(),
                request.groups());
    }

    SubscriptionList refreshed(Instant newExpiry) {
        return new SubscriptionList(id, owner, delivery, revision, createdAt, newExpiry, accounts, groups);
    }
}
