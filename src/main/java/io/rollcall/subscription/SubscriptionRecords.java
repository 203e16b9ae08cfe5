package io.rollcall.subscription;

import io.rollcall.presentity.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;

/** The subscriptions of all nodes, as they are stored; many are written in one go. */
@ApplicationScoped
class SubscriptionRecords {
    private static final String COLUMNS = "select account, watcher, carrier, status, event, since, expires_at from subscription";

    private static final String PUT =
            """
            merge into subscription s
            using (values (cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(? as varchar),
                cast(? as varchar), cast(? as bigint), cast(? as bigint)))
                as n (account, watcher, carrier, status, event, since, expires_at)
            on s.account = n.account and s.watcher = n.watcher and s.carrier = n.carrier
            when matched then update set status = n.status, event = n.event, expires_at = n.expires_at
            when not matched then insert (account, watcher, carrier, status, event, since, expires_at)
                values (n.account, n.watcher, n.carrier, n.status, n.event, n.since, n.expires_at)
            """;

    private static final String REMOVE = "delete from subscription where account = ? and watcher = ? and carrier = ?";

    private final Database database;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected SubscriptionRecords() {
        database = null;
    }

    @Inject
    SubscriptionRecords(Database database) {
        this.database = database;
    }

    /** Those to an account, whatever they hang on. */
    List<SubscriptionRecord> to(String account) {
        return having("account", account);
    }

    /** Those of a watcher, whatever they hang on. */
    List<SubscriptionRecord> of(String watcher) {
        return having("watcher", watcher);
    }

    private List<SubscriptionRecord> having(String column, String value) {
        return database.read(session -> session.createNativeQuery(
                        COLUMNS + " where " + column + " = :value order by account, watcher, since", Object[].class)
                .setParameter("value", value)
                .getResultStream()
                .map(SubscriptionRecords::record)
                .toList());
    }

    /** The pending ones among those that hang on something. */
    List<SubscriptionRecord> pending(StatelessSession session, String carrier) {
        return session.createNativeQuery(
                        COLUMNS + " where carrier = :carrier and status = 'pending'", Object[].class)
                .setParameter("carrier", carrier)
                .getResultStream()
                .map(SubscriptionRecords::record)
                .toList();
    }

    /** The accounts that what hangs on something is for. */
    Set<String> accounts(StatelessSession session, String carrier) {
        return new HashSet<>(session.createNativeQuery(
                        "select distinct account from subscription where carrier = :carrier", String.class)
                .setParameter("carrier", carrier)
                .getResultList());
    }

    /** The accounts that have, or had, to decide on one who need not be connected. */
    Set<String> asked() {
        return database.read(session -> new HashSet<>(session.createNativeQuery(
                        "select distinct account from subscription where carrier not like :nodes", String.class)
                .setParameter("nodes", Carrier.node("%"))
                .getResultList()));
    }

    /** Those that hang on something. */
    List<SubscriptionRecord> carriedBy(String carrier) {
        return having("carrier", carrier);
    }

    /** Since when what is stored under the same account, watcher and carrier was wanted. */
    Optional<Long> since(SubscriptionRecord record) {
        return database.read(session -> session.createNativeQuery(
                        "select since from subscription where account = :account and watcher = :watcher"
                                + " and carrier = :carrier",
                        Long.class)
                .setParameter("account", record.account())
                .setParameter("watcher", record.watcher())
                .setParameter("carrier", record.carrier())
                .uniqueResultOptional());
    }

    /** The accounts that have not decided yet on a watcher who asked, the watcher gone or not. */
    Set<String> undecidedOn(String watcher) {
        return database.read(session -> new HashSet<>(session.createNativeQuery(
                        "select account from subscription where watcher = :watcher and status in ('pending', 'waiting')",
                        String.class)
                .setParameter("watcher", watcher)
                .getResultList()));
    }

    /** Writes and removes in one transaction; of one that is there already, the beginning stays what it was. */
    void store(Collection<SubscriptionRecord> put, Collection<SubscriptionRecord> remove) {
        if (!put.isEmpty() || !remove.isEmpty()) {
            database.inTransaction(session -> {
                store(session, put, remove);
                return null;
            });
        }
    }

    void store(StatelessSession session, Collection<SubscriptionRecord> put, Collection<SubscriptionRecord> remove) {
        session.doWork(connection -> {
            remove(connection, remove);
            put(connection, put);
        });
    }

    /** Removes all that hangs on something, within the caller's transaction. */
    void removeCarriedBy(StatelessSession session, String carrier) {
        session.createNativeMutationQuery("delete from subscription where carrier = :carrier")
                .setParameter("carrier", carrier)
                .executeUpdate();
    }

    /** Gives up the waiting ones whose time is over; gives the accounts they were for. */
    Set<String> giveUp(Instant now, int limit) {
        return database.inTransaction(session -> {
            List<SubscriptionRecord> over = session.createNativeQuery(
                            COLUMNS + " where expires_at <= :now and status = 'waiting'", Object[].class)
                    .setParameter("now", now.toEpochMilli())
                    .setMaxResults(limit)
                    .getResultStream()
                    .map(SubscriptionRecords::record)
                    .toList();
            store(session, List.of(), over);
            Set<String> accounts = new HashSet<>();
            over.forEach(record -> accounts.add(record.account()));
            return accounts;
        });
    }

    private static void put(Connection connection, Collection<SubscriptionRecord> records) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            for (SubscriptionRecord record : records) {
                key(put, record);
                put.setString(4, record.standing().status().word());
                put.setString(5, record.standing().event().word());
                put.setLong(6, record.since());
                put.setObject(7, record.expiresAt(), Types.BIGINT);
                put.addBatch();
            }
            put.executeBatch();
        }
    }

    private static void remove(Connection connection, Collection<SubscriptionRecord> records) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            for (SubscriptionRecord record : records) {
                key(remove, record);
                remove.addBatch();
            }
            remove.executeBatch();
        }
    }

    private static void key(PreparedStatement statement, SubscriptionRecord record) throws SQLException {
        statement.setString(1, record.account());
        statement.setString(2, record.watcher());
        statement.setString(3, record.carrier());
    }

    private static SubscriptionRecord record(Object[] row) {
        Standing standing = Standing.of(
                Status.valueOf(upper(row[3])),
                Event.valueOf(upper(row[4])));
        Long expiresAt = row[6] == null ? null : Long.valueOf(((Number) row[6]).longValue());
        return new SubscriptionRecord(
                (String) row[0], (String) row[1], (String) row[2], standing, ((Number) row[5]).longValue(), expiresAt);
    }

    private static String upper(Object word) {
        return word.toString().toUpperCase(Locale.ROOT);
    }
}
