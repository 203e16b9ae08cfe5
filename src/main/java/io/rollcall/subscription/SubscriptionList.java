package io.rollcall.subscription;

import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of accounts that somebody wants to see, connected or not. It ends unless it is refreshed.
 *
 * @param revision grows when its accounts or groups change: when they did last, in milliseconds since 1970, or a
 *     little more; 1 before that
 * @param accounts those it names itself
 * @param groups groups of the directory: whoever belongs to one at a time is in the list at that time
 * @param outlet where its events leave the server; null with delivery {@code stream}
 */
public record SubscriptionList(
        String id,
        Caller owner,
        Delivery delivery,
        long revision,
        Instant createdAt,
        Instant expiresAt,
        Set<Address> accounts,
        Set<String> groups,
        @Nullable Outlet outlet) {

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

    /** Whether its wishes are none any more, because what they were for has ended before it. */
    public boolean hasEnded() {
        return outlet != null && outlet.ended() != null;
    }

    /** The same with other entries, another outlet and a later end; with the roles that its owner has now. */
    SubscriptionList replaced(ListRequest request, Caller by, Instant now, Instant newExpiry) {
        if (request.delivery() != null && request.delivery() != delivery) {
            throw new Problem(Kind.INVALID_REQUEST, "A list keeps its delivery, which is " + delivery.word() + "; make another list");
        }
        return new SubscriptionList(
                id,
                by,
                delivery,
                Math.max(revision + 1, now.toEpochMilli()),
                createdAt,
                newExpiry,
                request.accounts(),
                request.groups(),
                request.outlet().outlet(delivery, outlet));
    }

    /**
     * The same with a later end, and the roles that its owner has now.
     *
     * @throws Problem {@link Kind#DELIVERY_ENDED} if it has ended before: there is nothing to go on
     */
    SubscriptionList refreshed(Caller by, Instant newExpiry) {
        if (outlet != null && outlet.ended() != null) {
            throw new Problem(
                    Kind.DELIVERY_ENDED,
                    "Its delivery has ended, with reason " + outlet.ended().word()
                            + ". See that it can be taken again, then PUT the list with its entries: it begins anew");
        }
        long next = by.admin() == owner.admin() ? revision : revision + 1;
        return new SubscriptionList(id, by, delivery, next, createdAt, newExpiry, accounts, groups, outlet);
    }
}
