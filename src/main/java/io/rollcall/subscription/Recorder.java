package io.rollcall.subscription;

import io.rollcall.presentity.ChangeTopic;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.subscription.SubscriptionRecord.Key;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Writes down who is connected to this node, so that other nodes know, and a request outlives its watcher. It follows
 * half a second behind and writes many at once: neither a connection nor a notification waits for it.
 */
@ApplicationScoped
class Recorder {
    private static final Logger LOG = Logger.getLogger(Recorder.class.getName());
    /** In one transaction. */
    private static final int AT_ONCE = 1000;
    /** Looked at together: each time all who watch the same accounts have to be. */
    private static final int TOGETHER = 20_000;

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private SubscriptionRecords records;

    @Inject
    private Reviewer reviewer;

    @Inject
    private Nodes nodes;

    @Inject
    private Database database;

    @Inject
    private DatabaseClock clock;

    @Inject
    private ChangeTopic topic;

    @Inject
    @ConfigProperty(name = "rollcall.subscriptions.waiting", defaultValue = "P30D")
    private Duration waiting;

    @Inject
    @ConfigProperty(name = "rollcall.limits.pending", defaultValue = "1000")
    private int mostPending;

    /** Until when a request that is left now waits for a decision. */
    long waitingUntil() {
        return clock.now().plus(waiting).toEpochMilli();
    }

    /** Whether a watcher may wait for a decision of one account more, beside those it waits for. */
    boolean mayWait(Set<String> undecided, String account) {
        return undecided.contains(account) || undecided.size() < mostPending;
    }

    /** Writes down all that changed since the last time. */
    void record() {
        List<Subscription> changed = subscriptions.takeUnrecorded(TOGETHER);
        while (!changed.isEmpty()) {
            try {
                record(changed);
            } catch (RuntimeException failure) {
                changed.forEach(subscriptions::changed);
                throw failure;
            }
            changed = subscriptions.takeUnrecorded(TOGETHER);
        }
    }

    private void record(List<Subscription> changed) {
        Map<Key, Standing> last = new LinkedHashMap<>();
        for (Subscription subscription : changed) {
            last.merge(key(subscription), subscription.standing(), Recorder::weightier);
        }
        Map<Key, List<Subscription>> live = live(last.keySet());
        List<Key> keys = new ArrayList<>(last.keySet());
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            Batch batch = new Batch(clock.now().toEpochMilli());
            for (Key key : keys.subList(from, Math.min(keys.size(), from + AT_ONCE))) {
                batch.add(key, live.getOrDefault(key, List.of()), last.get(key));
            }
            store(batch);
        }
    }

    private void store(Batch batch) {
        records.store(batch.put, batch.remove);
        topic.announceWatchers(batch.accounts);
        // what was decided since their watchers went had nothing to act on yet
        batch.left.forEach(reviewer::rulesChanged);
    }

    private static Key key(Subscription subscription) {
        return new Key(subscription.address(), subscription.watcher().caller().account().toString());
    }

    private static Standing weightier(Standing one, Standing other) {
        return other.status().outweighs(one.status()) ? other : one;
    }

    /** What stands now of each, over all connections of the watcher; each account is looked at once. */
    private Map<Key, List<Subscription>> live(Set<Key> keys) {
        Set<String> accounts = new HashSet<>();
        keys.forEach(key -> accounts.add(key.account()));
        Map<Key, List<Subscription>> live = new HashMap<>();
        for (String account : accounts) {
            for (Subscription subscription : subscriptions.to(account)) {
                Key key = key(subscription);
                if (keys.contains(key) && !subscription.watcher().listed()) {
                    live.computeIfAbsent(key, any -> new ArrayList<>(1)).add(subscription);
                }
            }
        }
        return live;
    }

    /** What one transaction writes and removes. */
    private final class Batch {
        private final List<SubscriptionRecord> put = new ArrayList<>();
        private final List<SubscriptionRecord> remove = new ArrayList<>();
        private final Set<String> accounts = new HashSet<>();
        private final Set<String> left = new HashSet<>();
        private final Map<String, Set<String>> undecided = new HashMap<>();
        private final long now;

        Batch(long now) {
            this.now = now;
        }

        void add(Key key, List<Subscription> live, Standing last) {
            accounts.add(key.account());
            Standing standing = Standing.INIT;
            for (Subscription subscription : live) {
                standing = weightier(standing, subscription.standing());
            }
            switch (standing.status()) {
                case ACTIVE -> put.add(record(key, Carrier.node(nodes.own()), standing));
                case PENDING -> addPending(key, live, standing);
                default -> addEnded(key, live.isEmpty() && last.status() == Status.PENDING ? last : null);
            }
        }

        private void addPending(Key key, List<Subscription> live, Standing standing) {
            Set<String> others = undecided.computeIfAbsent(key.watcher(), records::undecidedOn);
            if (mayWait(others, key.account())) {
                others.add(key.account());
                put.add(record(key, Carrier.node(nodes.own()), standing));
                // one who asks again does not wait any more: it is there
                remove.add(record(key, Carrier.REQUEST, standing));
            } else {
                LOG.fine(() -> key.watcher() + " waits for as many decisions as it may");
                // it may have been an active one
                remove.add(record(key, Carrier.node(nodes.own()), standing));
                live.forEach(subscription -> subscription.watcher().giveUp(subscription));
            }
        }

        /** @param pending where it stood when its watcher went before the owner decided; else null */
        private void addEnded(Key key, @Nullable Standing pending) {
            SubscriptionRecord ended = record(key, Carrier.node(nodes.own()), Standing.INIT);
            remove.add(ended);
            if (pending != null && mayWait(records.undecidedOn(key.watcher()), key.account())) {
                long since = records.since(ended).orElse(now);
                put.add(new SubscriptionRecord(key.account(), key.watcher(), ended.carrier(), pending, since, null)
                        .leftWaiting(waitingUntil()));
                left.add(key.account());
            }
        }

        private SubscriptionRecord record(Key key, String carrier, Standing standing) {
            return new SubscriptionRecord(key.account(), key.watcher(), carrier, standing, now, null);
        }
    }

    /** Says that this node is alive, and ends what hung on those that are not. */
    void keepNodes() {
        if (!nodes.renew()) {
            subscriptions.recordAnew();
        }
        for (String dead : nodes.dead()) {
            Set<String> accounts = database.inTransaction(
                    session -> nodes.bury(session, dead) ? end(session, Carrier.node(dead)) : Set.<String>of());
            LOG.info(() -> "A node has gone without a word; " + accounts.size() + " accounts lose watchers");
            topic.announceWatchers(accounts);
        }
    }

    /** Ends what hangs on this node, which is about to go. */
    void leave() {
        topic.announceWatchers(database.inTransaction(session -> {
            nodes.leave(session);
            return end(session, Carrier.node(nodes.own()));
        }));
    }

    /**
     * Ends all that hangs on something, within the caller's transaction; those that are pending are left waiting.
     *
     * @return the accounts that were watched
     */
    Set<String> end(StatelessSession session, String carrier) {
        Set<String> accounts = records.accounts(session, carrier);
        long until = waitingUntil();
        List<SubscriptionRecord> left = records.pending(session, carrier).stream()
                .map(record -> record.leftWaiting(until))
                .toList();
        records.store(session, left, List.of());
        records.removeCarriedBy(session, carrier);
        return accounts;
    }

    /** Gives up the requests that waited too long. */
    void giveUp() {
        Set<String> accounts = records.giveUp(clock.now(), AT_ONCE);
        while (!accounts.isEmpty()) {
            topic.announceWatchers(accounts);
            accounts = records.giveUp(clock.now(), AT_ONCE);
        }
    }
}
