package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.metrics.Alarm;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The rows that an account's rules are kept in. */
final class RulesTables {
    private static final Logger LOG = Logger.getLogger(RulesTables.class.getName());

    private RulesTables() {}

    /**
     * Reads an account's rules. What is damaged is as if it blocked everybody, or the one that it is about.
     *
     * @param revision the account's rules revision, read before
     */
    static Rules load(StatelessSession session, String account, long revision) {
        // first the row that says the revision: decisions on single watchers are then as new, or newer
        StoredRuleset row = session.createSelectionQuery(
                        "from StoredRuleset where account = :account", StoredRuleset.class)
                .setParameter("account", account)
                .getSingleResultOrNull();
        Map<Address, Single> singles = new HashMap<>();
        session.createSelectionQuery("from WatcherAuthorization where account = :account", WatcherAuthorization.class)
                .setParameter("account", account)
                .getResultList()
                .forEach(single -> singles.put(single.watcher(), read(account, single)));
        return row == null ? Rules.of(revision, singles) : read(account, row, revision).with(singles);
    }

    private static Rules read(String account, StoredRuleset row, long revision) {
        try {
            return row.rules();
        } catch (RuntimeException damaged) {
            Alarm.DAMAGED.raise(LOG, "The rules of " + account + " cannot be read: until it puts others, all are blocked", damaged);
            return Rules.unreadable(revision);
        }
    }

    private static Single read(String account, WatcherAuthorization row) {
        try {
            return row.single();
        } catch (RuntimeException damaged) {
            LOG.log(
                    Level.SEVERE,
                    "The decision of " + account + " on " + row.watcher() + " cannot be read: it is blocked",
                    damaged);
            return row.blocking();
        }
    }

    /** Writes what changed. */
    static void store(StatelessSession session, String account, Rules before, Rules after) {
        session.upsert(new StoredRuleset(account, after));
        if (!before.asksForGroups() && after.asksForGroups()) {
            // changes of the groups passed it by until now
            follow(session, account, null);
        }
        before.singles().keySet().stream()
                .filter(watcher -> !after.singles().containsKey(watcher))
                .forEach(watcher -> session.createMutationQuery(
                                "delete WatcherAuthorization where account = :account and watcher = :watcher")
                        .setParameter("account", account)
                        .setParameter("watcher", watcher.toString())
                        .executeUpdate());
        after.singles().forEach((watcher, single) -> {
            if (!single.equals(before.singles().get(watcher))) {
                session.upsert(new WatcherAuthorization(account, watcher, single, after.asOf().toEpochMilli()));
            }
        });
    }

    /** Accounts with rules that begin or end to hold up to that time. */
    static List<String> due(StatelessSession session, Instant time, int limit) {
        return session.createSelectionQuery(
                        "select account from StoredRuleset where nextBoundary <= :time order by nextBoundary", String.class)
                .setParameter("time", time.toEpochMilli())
                .setMaxResults(limit)
                .getResultList();
    }

    /** Accounts with rules about groups of the directory. */
    static List<String> askingForGroups(StatelessSession session) {
        return session.createSelectionQuery(
                        "select account from StoredRuleset where asksForGroups = true", String.class)
                .getResultList();
    }

    /** Whether an account's rules have followed the directory to its groups of that digest. */
    static boolean hasFollowed(StatelessSession session, String account, String directory) {
        return session.createNativeQuery(
                                "select count(*) from ruleset where account = :account and directory = :directory", Long.class)
                        .setParameter("account", account)
                        .setParameter("directory", directory)
                        .getSingleResult()
                > 0;
    }

    /** Notes that they have; null if that is not known. */
    static void follow(StatelessSession session, String account, @Nullable String directory) {
        session.createNativeMutationQuery("update ruleset set directory = :directory where account = :account")
                .setParameter("account", account)
                .setParameter("directory", directory, String.class)
                .executeUpdate();
    }
}
