package io.rollcall.presentity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds accounts with their live presentities. The database is the truth; what was read or stored of late is kept in
 * memory, and is never older than the last announcement that reached this node. Writers do not trust it: what they
 * store carries the versions it was made from, and is made anew from the database where these are no longer current.
 */
@ApplicationScoped
public class Accounts {
    private static final long CLAIMED_MILLIS = 3_000;

    private final Database database;
    private final KnownAccounts known;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Accounts() {
        database = null;
        known = null;
    }

    @Inject
    public Accounts(
            Database database, @ConfigProperty(name = "rollcall.accounts.cached", defaultValue = "50000") int cached) {
        this.database = database;
        this.known = new KnownAccounts(cached);
    }

    /** The account as this node knows it; read from the database if need be. */
    public AccountPresence find(String address) {
        AccountPresence account = known.recall(address);
        return account != null ? account : findStored(address);
    }

    /** The account as it is in the database now. */
    public AccountPresence findStored(String address) {
        return findStored(List.of(address)).get(0);
    }

    /** The accounts in the order asked for, as this node knows them. */
    public List<AccountPresence> findAll(Collection<String> addresses) {
        Map<String, AccountPresence> all = new HashMap<>(known.recall(addresses));
        List<String> unknown =
                addresses.stream().filter(address -> !all.containsKey(address)).distinct().toList();
        findStored(unknown).forEach(account -> all.put(account.address(), account));
        List<AccountPresence> found = new ArrayList<>(addresses.size());
        for (String address : addresses) {
            AccountPresence account = all.get(address);
            if (account != null) {
                found.add(account);
            }
        }
        return found;
    }

    /** The account as this node keeps it in memory, or null; never asks the database. */
    public @Nullable AccountPresence recall(String address) {
        return known.recall(address);
    }

    /**
     * Claims presentities whose time is over, or of whose publication something begins or ends to hold (RFC 4480 §3.1);
     * the oldest first. For a few seconds no other node is given them; whatever is due after that is anybody's again.
     *
     * @param now the database's time
     */
    public List<Presentity> due(Instant now, int limit) {
        long time = now.toEpochMilli();
        return database.inTransaction(session -> {
            // those that were refreshed since they became due: look again when there is something to do
            session.createMutationQuery(
                            """
                            update Presentity
                            set dueAt = case when tuple.changesAt < expiresAt then tuple.changesAt else expiresAt end
                            where dueAt <= :time and expiresAt > :time
                                and (tuple.changesAt is null or tuple.changesAt > :time)
                            """)
                    .setParameter("time", time)
                    .executeUpdate();
            List<String> claimed = session.createNativeQuery(
                            "select tuple_id from presentity where due_at <= :time order by due_at limit " + limit
                                    + " for update skip locked",
                            String.class)
                    .setParameter("time", time)
                    .getResultList();
            if (claimed.isEmpty()) {
                return List.of();
            }
            session.createMutationQuery("update Presentity set dueAt = :later where tupleId in (:claimed)")
                    .setParameter("later", time + CLAIMED_MILLIS)
                    .setParameterList("claimed", claimed)
                    .executeUpdate();
            return session.createSelectionQuery("from Presentity where tupleId in (:claimed)", Presentity.class)
                    .setParameterList("claimed", claimed)
                    .getResultList();
        });
    }

    /** Finds accounts whose owner's word has ended, at most so many. */
    public List<String> silenced(Instant now, int limit) {
        return database.read(session -> session.createSelectionQuery(
                        "select address from Account where preferredUntil <= :time", String.class)
                .setParameter("time", now.toEpochMilli())
                .setMaxResults(limit)
                .getResultList());
    }

    /** Finds accounts that were last seen before that time, at most so many. */
    public List<String> lastSeenBefore(Instant time, int limit) {
        return database.read(session -> session.createSelectionQuery(
                        "select address from Account where lastSeen < :time", String.class)
                .setParameter("time", time.toEpochMilli())
                .setMaxResults(limit)
                .getResultList());
    }

    private List<AccountPresence> findStored(List<String> addresses) {
        return known.keep(addresses, () -> database.read(session -> select(session, addresses)));
    }

    /** Reads accounts within the caller's transaction, which has changed nothing yet. */
    List<AccountPresence> load(StatelessSession session, List<String> addresses) {
        return known.keep(addresses, () -> select(session, addresses));
    }

    /** Keeps all others from changing accounts until the caller's transaction ends; they wait. */
    void lock(StatelessSession session, Collection<String> addresses) {
        // in one order, for two that lock the same must not wait for each other
        session.createNativeQuery(
                        "select address from account where address in :addresses order by address for update", String.class)
                .setParameterList("addresses", addresses)
                .getResultList();
    }

    /** By one statement, so that an account and its presentities are of one time: between two others may store. */
    private static List<AccountPresence> select(StatelessSession session, List<String> addresses) {
        Map<String, Account> accounts = new HashMap<>();
        Map<String, List<Presentity>> presentities = new HashMap<>();
        session.createSelectionQuery(
                        """
                        select a, p from Account a left join Presentity p on p.account = a.address
                        where a.address in :addresses order by p.loginVersion
                        """,
                        Object[].class)
                .setParameterList("addresses", addresses)
                .getResultList()
                .forEach(row -> {
                    Account account = (Account) row[0];
                    accounts.put(account.address(), account);
                    if (row[1] instanceof Presentity presentity) {
                        presentities
                                .computeIfAbsent(account.address(), any -> new ArrayList<>())
                                .add(presentity);
                    }
                });
        List<String> unknown =
                addresses.stream().filter(address -> !accounts.containsKey(address)).toList();
        accounts.putAll(ErasedAccounts.load(session, unknown));
        return addresses.stream()
                .map(address -> new AccountPresence(
                        accounts.getOrDefault(address, Account.untouched(address)),
                        presentities.getOrDefault(address, List.of())))
                .toList();
    }

    /** Takes what this node stored. */
    void stored(AccountPresence before, AccountPresence after) {
        known.stored(before, after);
    }

    /** Drops what turned out to be old. */
    void forget(Collection<String> addresses) {
        known.forget(addresses);
    }

    /** Drops all that is kept in memory. */
    public void forgetAll() {
        known.forgetAll();
    }

    /**
     * Takes note that an account is at a version at least: if an older one is kept in memory, it is dropped.
     *
     * @return the account at that version or a later one, or null if it is not in memory
     */
    public @Nullable AccountPresence changed(String address, long version) {
        return known.changed(address, version);
    }

    /**
     * Takes an announcement: an account that is kept in memory is brought up to date or dropped.
     *
     * @return the account at that version or a later one, or null if it is not in memory
     */
    public @Nullable AccountPresence announced(ChangeGroup.Announced change) {
        return known.announced(change);
    }
}
