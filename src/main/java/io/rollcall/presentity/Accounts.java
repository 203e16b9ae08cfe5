package io.rollcall.presentity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
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
    private static final int STRIPES = 1024;

    private final Database database;
    /** How many announcements came for accounts whose hash falls into each stripe: tells who reads that it is late. */
    private final AtomicLongArray announced = new AtomicLongArray(STRIPES);
    private final Cache<String, AccountPresence> recent;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Accounts() {
        database = null;
        recent = null;
    }

    @Inject
    public Accounts(
            Database database, @ConfigProperty(name = "rollcall.accounts.cached", defaultValue = "50000") int cached) {
        this.database = database;
        this.recent = Caffeine.newBuilder().maximumSize(cached).build();
    }

    /** The account as this node knows it; read from the database if need be. */
    public AccountPresence find(String address) {
        AccountPresence known = recent.getIfPresent(address);
        return known != null ? known : findStored(address);
    }

    /** The account as it is in the database now. */
    public AccountPresence findStored(String address) {
        return findStored(List.of(address)).get(0);
    }

    /** The accounts in the order asked for, as this node knows them. */
    public List<AccountPresence> findAll(Collection<String> addresses) {
        Map<String, AccountPresence> known = new HashMap<>(recent.getAllPresent(addresses));
        List<String> unknown =
                addresses.stream().filter(address -> !known.containsKey(address)).distinct().toList();
        findStored(unknown).forEach(account -> known.put(account.address(), account));
        List<AccountPresence> found = new ArrayList<>(addresses.size());
        for (String address : addresses) {
            AccountPresence account = known.get(address);
            if (account != null) {
                found.add(account);
            }
        }
        return found;
    }

    /** The account as this node keeps it in memory, or null; never asks the database. */
    public @Nullable AccountPresence recall(String address) {
        return recent.getIfPresent(address);
    }

    /**
     * Finds presentities whose time is over, or of whose publication something begins or ends to hold (RFC 4480 §3.1);
     * the oldest first.
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
            return session.createSelectionQuery("from Presentity where dueAt <= :time order by dueAt", Presentity.class)
                    .setParameter("time", time)
                    .setMaxResults(limit)
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
        if (addresses.isEmpty()) {
            return List.of();
        }
        long[] before = addresses.stream().mapToLong(this::announcements).toArray();
        List<AccountPresence> stored = database.read(session -> load(session, addresses));
        for (int i = 0; i < before.length; i++) {
            remember(stored.get(i), before[i]);
        }
        return stored;
    }

    /** Keeps all others from changing accounts until the caller's transaction ends; they wait. */
    void lock(StatelessSession session, Collection<String> addresses) {
        // in one order, for two that lock the same must not wait for each other
        session.createNativeQuery(
                        "select address from account where address in :addresses order by address for update", String.class)
                .setParameterList("addresses", addresses)
                .getResultList();
    }

    /** Reads accounts within the caller's transaction. */
    List<AccountPresence> load(StatelessSession session, Collection<String> addresses) {
        Map<String, Account> accounts = new HashMap<>();
        session.createSelectionQuery("from Account where address in :addresses", Account.class)
                .setParameterList("addresses", addresses)
                .getResultList()
                .forEach(account -> accounts.put(account.address(), account));
        Map<String, List<Presentity>> presentities = new HashMap<>();
        session.createSelectionQuery(
                        "from Presentity where account in :addresses order by loginVersion", Presentity.class)
                .setParameterList("addresses", addresses)
                .getResultList()
                .forEach(presentity -> presentities
                        .computeIfAbsent(presentity.account(), any -> new ArrayList<>())
                        .add(presentity));
        List<String> unknown =
                addresses.stream().filter(address -> !accounts.containsKey(address)).toList();
        accounts.putAll(ErasedAccounts.load(session, unknown));
        return addresses.stream()
                .map(address -> new AccountPresence(
                        accounts.getOrDefault(address, Account.untouched(address)),
                        presentities.getOrDefault(address, List.of())))
                .toList();
    }

    /** Keeps what was read, unless something newer is known, or was announced while it was read. */
    private void remember(AccountPresence read, long announcedBefore) {
        recent.asMap().compute(read.address(), (address, known) -> {
            if (known != null && known.version() >= read.version()) {
                return known;
            }
            return announcements(address) == announcedBefore ? read : known;
        });
    }

    private long announcements(String address) {
        return announced.get(address.hashCode() & STRIPES - 1);
    }

    /** Keeps what this node stored: at the same version it is the newer one, by its refreshes. */
    void stored(AccountPresence stored) {
        recent.asMap()
                .merge(stored.address(), stored, (known, other) -> other.version() >= known.version() ? other : known);
    }

    /** Drops what turned out to be old. */
    void forget(Collection<String> addresses) {
        recent.invalidateAll(addresses);
    }

    /** Drops all that is kept in memory. */
    public void forgetAll() {
        recent.invalidateAll();
    }

    /**
     * Takes an announcement: an account that is kept in memory is brought up to date or dropped.
     *
     * @return the account at that version or a later one, or null if it is not in memory
     */
    public @Nullable AccountPresence announced(ChangeGroup.Announced change) {
        return recent.asMap().compute(change.address(), (address, known) -> {
            if (known != null && known.version() >= change.version()) {
                return known;
            }
            announced.incrementAndGet(address.hashCode() & STRIPES - 1);
            return known == null ? null : change.after(known);
        });
    }
}
