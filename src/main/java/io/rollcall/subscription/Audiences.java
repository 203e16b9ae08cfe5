package io.rollcall.subscription;

import io.rollcall.authorization.Authorizations;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who watches an account, on whatever node: what is stored, but for this node's own connections, which it knows at first
 * hand.
 */
@ApplicationScoped
public class Audiences {
    @Inject
    private SubscriptionRecords records;

    @Inject
    private SubscriptionLists lists;

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private Nodes nodes;

    @Inject
    private Recorder recorder;

    @Inject
    private Accounts accounts;

    @Inject
    private Authorizations authorizations;

    @Inject
    private DatabaseClock clock;

    /** One record for each watcher: of its several connections and lists the one that stands best. */
    public Collection<SubscriptionRecord> of(Address account) {
        AccountPresence presence = accounts.find(account.toString());
        Map<String, SubscriptionRecord> byWatcher = new LinkedHashMap<>();
        List<SubscriptionRecord> byList = new ArrayList<>();
        Map<String, Long> since = new HashMap<>();
        List<SubscriptionRecord> elsewhere = new ArrayList<>();
        for (SubscriptionRecord record : records.to(account.toString())) {
            since.merge(record.watcher(), record.since(), Math::min);
            if (Carrier.isList(record.carrier())) {
                byList.add(record);
            } else if (Carrier.isRequest(record.carrier())) {
                addWaiting(byWatcher, record, presence);
            } else if (!record.carrier().equals(Carrier.node(nodes.own()))) {
                elsewhere.add(record);
            }
        }
        addElsewhere(byWatcher, elsewhere);
        byLists(account, byList).forEach(record -> add(byWatcher, record));
        for (Subscription own : subscriptions.to(account.toString())) {
            if (!own.watcher().listed()) {
                add(byWatcher, record(own, since));
            }
        }
        return byWatcher.values();
    }

    /**
     * Those that come by lists, each where it stands by the account's rules.
     *
     * @param stored what is stored of them: a record only where the account has, or had, to decide
     */
    List<SubscriptionRecord> byLists(Address account, Collection<SubscriptionRecord> stored) {
        AccountPresence presence = accounts.find(account.toString());
        Map<String, Standing> known = new HashMap<>();
        stored.forEach(record -> known.put(record.carrier(), record.standing()));
        return lists.naming(account).stream()
                .map(list -> wish(list, known.getOrDefault(Carrier.list(list.id()), Standing.INIT), presence))
                .toList();
    }

    /** Keeps those that stand for something, and of one watcher the best. */
    private static void add(Map<String, SubscriptionRecord> byWatcher, SubscriptionRecord record) {
        Status status = record.standing().status();
        if (status != Status.INIT && status != Status.TERMINATED) {
            byWatcher.merge(
                    record.watcher(),
                    record,
                    (one, other) -> other.standing().status().outweighs(one.standing().status()) ? other : one);
        }
    }

    /** One that waits for a decision that was made meanwhile waits no more. */
    private void addWaiting(
            Map<String, SubscriptionRecord> byWatcher, SubscriptionRecord record, AccountPresence presence) {
        Address watcher = Address.parse(record.watcher()).orElseThrow();
        if (authorizations.decide(presence, watcher).handling() == Handling.CONFIRM) {
            add(byWatcher, record);
        }
    }

    /** Of a node that is dead only the requests are left, until somebody tidies up. */
    private void addElsewhere(Map<String, SubscriptionRecord> byWatcher, List<SubscriptionRecord> elsewhere) {
        Set<String> alive = elsewhere.isEmpty()
                ? Set.of()
                : nodes.alive().stream().map(Carrier::node).collect(Collectors.toSet());
        for (SubscriptionRecord record : elsewhere) {
            if (alive.contains(record.carrier())) {
                add(byWatcher, record);
            } else if (record.standing().status() == Status.PENDING) {
                add(byWatcher, record.leftWaiting(recorder.waitingUntil()));
            }
        }
    }

    private SubscriptionRecord wish(SubscriptionList list, Standing before, AccountPresence presence) {
        Caller owner = list.owner();
        return new SubscriptionRecord(
                presence.address(),
                owner.account().toString(),
                Carrier.list(list.id()),
                before.decided(authorizations.decide(presence, owner).handling()),
                list.createdAt().toEpochMilli(),
                list.expiresAt().toEpochMilli());
    }

    private SubscriptionRecord record(Subscription own, Map<String, Long> since) {
        String watcher = own.watcher().caller().account().toString();
        long began = since.getOrDefault(watcher, clock.now().toEpochMilli());
        return new SubscriptionRecord(
                own.address(), watcher, Carrier.node(nodes.own()), own.standing(), began, null);
    }
}
