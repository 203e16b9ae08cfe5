package io.rollcall.subscription;

import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.publication.Expiry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The subscription lists: kept for as long as they are refreshed, whoever is connected. */
@ApplicationScoped
public class SubscriptionLists {
    @Inject
    private Database database;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Expiry expiry;

    @Inject
    private Groups groups;

    @Inject
    private Recorder recorder;

    @Inject
    private SubscriptionRecords records;

    @Inject
    private ChangeTopic topic;

    @Inject
    private jakarta.enterprise.event.Event<Replaced> observers;

    @Inject
    @ConfigProperty(name = "rollcall.limits.list", defaultValue = "5000")
    private int mostAccounts;

    @Inject
    @ConfigProperty(name = "rollcall.limits.lists", defaultValue = "100")
    private int mostLists;

    /** A list was given other entries, or another outlet; said before whoever did it is answered. */
    public record Replaced(SubscriptionList list) {}

    /** Some node says that it changed the list of that id, or ended it. */
    public record Changed(String id) {}

    /** How many accounts one list may hold. */
    public int mostAccounts() {
        return mostAccounts;
    }

    /**
     * Makes a list.
     *
     * @param now what its expiry is counted from
     * @throws Problem if it is too long, names a group that there is not, or its owner has as many lists as it may
     */
    SubscriptionList create(Caller owner, ListRequest request, Instant now) {
        check(request);
        Delivery delivery = request.delivery() == null ? Delivery.STREAM : request.delivery();
        SubscriptionList list = new SubscriptionList(
                UUID.randomUUID().toString(),
                owner,
                delivery,
                1,
                now,
                now.plusSeconds(expiry.grant(request.expires())),
                request.accounts(),
                request.groups(),
                request.outlet().outlet(delivery, null));
        return database.store(session -> {
            long has = session.createNativeQuery(
                            "select count(*) from subscription_list where owner = :owner", Long.class)
                    .setParameter("owner", owner.account().toString())
                    .getSingleResult();
            if (has >= mostLists) {
                throw new Problem(Kind.TOO_MANY_REQUESTS, "You may have " + mostLists + " lists; delete one first");
            }
            ListRows.insert(session, list);
            return list;
        });
    }

    /** Gives a list other entries, and a new expiry. */
    SubscriptionList replace(SubscriptionList list, ListRequest request, Caller by, Instant now) {
        check(request);
        SubscriptionList next = list.replaced(request, by, now, now.plusSeconds(expiry.grant(request.expires())));
        database.store(session -> {
            mustBeThere(ListRows.replace(session, next));
            return next;
        });
        observers.fire(new Replaced(next));
        topic.announce(ChangeTopic.LIST, next.id());
        return next;
    }

    /**
     * Gives a list a new expiry.
     *
     * @throws Problem {@link Kind#DELIVERY_ENDED} if nothing is delivered any more that could go on
     */
    SubscriptionList refresh(SubscriptionList list, @Nullable Long expires, Caller by, Instant now) {
        SubscriptionList next = list.refreshed(by, now.plusSeconds(expiry.grant(expires)));
        database.store(session -> {
            mustBeThere(ListRows.renew(session, next));
            return next;
        });
        if (next.revision() != list.revision()) {
            topic.announce(ChangeTopic.LIST, next.id());
        }
        return next;
    }

    /**
     * The list of that id.
     *
     * @throws Problem {@link Kind#NOT_FOUND} if there is none, or it is somebody else's
     */
    public SubscriptionList find(String id, Caller owner) {
        return find(id).filter(list -> owner.owns(list.owner().account())).orElseThrow(SubscriptionLists::notFound);
    }

    /**
     * The list of that id, whosever it is.
     *
     * @throws Problem {@link Kind#NOT_FOUND} if there is none
     */
    SubscriptionList findOfAnybody(String id) {
        return find(id).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such list; it may have expired"));
    }

    /** The list of that id, whosever it is. */
    public Optional<SubscriptionList> find(String id) {
        return database.read(session -> ListRows.find(session, id))
                .filter(list -> list.expiresAt().isAfter(clock.now()));
    }

    /** Somebody's lists, the oldest first; without their entries. */
    List<SubscriptionList> of(Address owner) {
        Instant now = clock.now();
        return database.read(session -> ListRows.of(session, owner.toString())).stream()
                .filter(list -> list.expiresAt().isAfter(now))
                .toList();
    }

    /** The lists that an account is in, by name or by a group it belongs to; without their entries. */
    public List<SubscriptionList> naming(Address account) {
        Set<String> memberships = groups.of(account);
        return database.read(session ->
                ListRows.naming(session, account.toString(), memberships, clock.now().toEpochMilli()));
    }

    /** The accounts of a list that its owner does not wait for, because it waits for too many decisions already. */
    public Set<String> givenUp(SubscriptionList list) {
        Set<String> accounts = new HashSet<>();
        for (SubscriptionRecord record : records.carriedBy(Carrier.list(list.id()))) {
            if (record.standing() == Standing.of(Status.TERMINATED, Event.GIVEUP)) {
                accounts.add(record.account());
            }
        }
        return accounts;
    }

    /** The revisions of those of these lists that still are. */
    public Map<String, Long> revisions(Collection<String> ids) {
        Map<String, Long> revisions = new HashMap<>();
        if (!ids.isEmpty()) {
            database.read(session -> session.createNativeQuery(
                                    "select id, revision from subscription_list where id in (:ids) and expires_at > :now",
                                    Object[].class)
                            .setParameterList("ids", ids)
                            .setParameter("now", clock.now().toEpochMilli())
                            .getResultList())
                    .forEach(row -> revisions.put((String) row[0], ((Number) row[1]).longValue()));
        }
        return revisions;
    }

    /** The ids of those whose time is over. */
    List<String> expired(int limit) {
        return database.read(session -> session.createNativeQuery(
                        "select id from subscription_list where expires_at <= :now", String.class)
                .setParameter("now", clock.now().toEpochMilli())
                .setMaxResults(limit)
                .getResultList());
    }

    /**
     * Ends a list whose time is over: those of its accounts that have not decided yet find the wish waiting.
     *
     * @return the list as it was; empty if it was refreshed, or somebody else ended it
     */
    Optional<SubscriptionList> end(String id, Instant expiredAt) {
        Optional<SubscriptionList> ended = database.store(session -> {
            Optional<SubscriptionList> found = ListRows.find(session, id);
            mustBeThere(ListRows.delete(session, id, expiredAt.toEpochMilli()));
            recorder.end(session, Carrier.list(id));
            return found;
        });
        topic.announce(ChangeTopic.LIST, id);
        return ended;
    }

    private void check(ListRequest request) {
        for (String group : request.groups()) {
            if (!groups.exists(group)) {
                throw new Problem(Kind.INVALID_REQUEST, "The directory has no group of that name; /api/directory lists them");
            }
        }
        Set<Address> all = new LinkedHashSet<>(request.accounts());
        request.groups().forEach(group -> all.addAll(groups.members(group)));
        if (all.size() > mostAccounts) {
            throw new Problem(Kind.INVALID_REQUEST, "A list may hold " + mostAccounts + " accounts, the members of its "
                    + "groups among them; this one holds " + all.size());
        }
    }

    private static void mustBeThere(boolean found) {
        if (!found) {
            throw notFound();
        }
    }

    private static Problem notFound() {
        return new Problem(Kind.NOT_FOUND, "There is no such list of yours; it may have expired");
    }
}
