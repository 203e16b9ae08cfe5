package io.rollcall.authorization;

import io.rollcall.document.Address;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;

/** The rows that an account's rules are kept in. */
final class RulesTables {
    private RulesTables() {}

    /**
     * Reads an account's rules.
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
                .forEach(single -> singles.put(single.watcher(), single.single()));
        return row == null ? Rules.of(revision, singles) : row.rules().with(singles);
    }

    /** Writes what changed. */
    static void store(StatelessSession session, String account, Rules before, Rules after) {
        session.upsert(new StoredRuleset(account, after));
        if (!after.singles().keySet().containsAll(before.singles().keySet())) {
            session.createMutationQuery("delete WatcherAuthorization where account = :account and handling is null")
                    .setParameter("account", account)
                    .executeUpdate();
        }
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
}
