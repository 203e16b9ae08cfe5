package io.rollcall.subscription;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;

/** The rows of subscription lists and their entries, each statement within the caller's transaction. */
final class ListRows {
    private static final String COLUMNS =
            "select l.id, l.owner, l.admin, l.delivery, l.revision, l.created_at, l.expires_at, d.format, d.max_rate, d.url,"
                    + " d.secret, d.failing_since, d.error, d.ended"
                    + " from subscription_list l left join list_delivery d on d.list = l.id";
    private static final String ACCOUNT = "account";
    private static final String GROUP = "group";

    private ListRows() {}

    static void insert(StatelessSession session, SubscriptionList list) {
        session.createNativeMutationQuery(
                        "insert into subscription_list (id, owner, admin, delivery, revision, created_at, expires_at)"
                                + " values (:id, :owner, :admin, :delivery, :revision, :created, :expires)")
                .setParameter("id", list.id())
                .setParameter("owner", list.owner().account().toString())
                .setParameter("admin", list.owner().admin())
                .setParameter("delivery", list.delivery().word())
                .setParameter("revision", list.revision())
                .setParameter("created", list.createdAt().toEpochMilli())
                .setParameter("expires", list.expiresAt().toEpochMilli())
                .executeUpdate();
        insertEntries(session, list);
        OutletRows.insert(session, list);
    }

    /** Writes when a list ends and what its owner may; false if there is no such list. */
    static boolean renew(StatelessSession session, SubscriptionList list) {
        return session.createNativeMutationQuery("update subscription_list set expires_at = :expires, admin = :admin,"
                        + " revision = greatest(revision, :revision) where id = :id")
                .setParameter("id", list.id())
                .setParameter("admin", list.owner().admin())
                .setParameter("revision", list.revision())
                .setParameter("expires", list.expiresAt().toEpochMilli())
                .executeUpdate()
                > 0;
    }

    /** Writes what may change of a list; false if there is no such list. Of two at once each makes a revision. */
    static boolean replace(StatelessSession session, SubscriptionList list) {
        int replaced = session.createNativeMutationQuery("update subscription_list set"
                        + " revision = greatest(revision + 1, :revision), expires_at = :expires, admin = :admin where id = :id")
                .setParameter("id", list.id())
                .setParameter("admin", list.owner().admin())
                .setParameter("revision", list.revision())
                .setParameter("expires", list.expiresAt().toEpochMilli())
                .executeUpdate();
        if (replaced == 0) {
            return false;
        }
        deleteEntries(session, list.id());
        insertEntries(session, list);
        OutletRows.replace(session, list);
        return true;
    }

    /** Deletes a list that expires by that time; false if there is none. */
    static boolean delete(StatelessSession session, String id, long expiredAt) {
        int due = session.createNativeMutationQuery(
                        "update subscription_list set revision = revision + 1 where id = :id and expires_at <= :time")
                .setParameter("id", id)
                .setParameter("time", expiredAt)
                .executeUpdate();
        if (due == 0) {
            return false;
        }
        deleteEntries(session, id);
        session.createNativeMutationQuery("delete from subscription_list where id = :id")
                .setParameter("id", id)
                .executeUpdate();
        return true;
    }

    static Optional<SubscriptionList> find(StatelessSession session, String id) {
        Set<Address> accounts = new LinkedHashSet<>();
        Set<String> groups = new LinkedHashSet<>();
        session.createNativeQuery(
                        "select kind, name from subscription_list_entry where list = :id order by name", Object[].class)
                .setParameter("id", id)
                .getResultList()
                .forEach(row -> {
                    if (ACCOUNT.equals(row[0])) {
                        accounts.add(Address.parse((String) row[1]).orElseThrow());
                    } else {
                        groups.add((String) row[1]);
                    }
                });
        return session.createNativeQuery(COLUMNS + " where l.id = :id", Object[].class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .map(row -> list(row, accounts, groups));
    }

    /** Somebody's lists, the oldest first; without their entries. */
    static List<SubscriptionList> of(StatelessSession session, String owner) {
        return session.createNativeQuery(
                        COLUMNS + " where l.owner = :owner order by l.created_at, l.id", Object[].class)
                .setParameter("owner", owner)
                .getResultStream()
                .map(row -> list(row, Set.of(), Set.of()))
                .toList();
    }

    /** The lists that name an account or one of its groups and have not ended; without their entries. */
    static List<SubscriptionList> naming(StatelessSession session, String account, Set<String> groups, long now) {
        return session.createNativeQuery(
                        COLUMNS + " where l.expires_at > :now and d.ended is null and l.id in (select e.list from subscription_list_entry e"
                                + " where e.kind = 'account' and e.name = :account"
                                + " or e.kind = 'group' and e.name in (:groups))",
                        Object[].class)
                .setParameter("now", now)
                .setParameter("account", account)
                // an empty list is no SQL; no group has an empty name
                .setParameterList("groups", groups.isEmpty() ? Set.of("") : groups)
                .getResultStream()
                .map(row -> list(row, Set.of(), Set.of()))
                .toList();
    }

    private static void insertEntries(StatelessSession session, SubscriptionList list) {
        session.doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into subscription_list_entry (list, kind, name) values (?, ?, ?)")) {
                insert.setString(1, list.id());
                insert.setString(2, ACCOUNT);
                for (Address account : list.accounts()) {
                    insert.setString(3, account.toString());
                    insert.addBatch();
                }
                insert.setString(2, GROUP);
                for (String group : list.groups()) {
                    insert.setString(3, group);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    private static void deleteEntries(StatelessSession session, String id) {
        session.createNativeMutationQuery("delete from subscription_list_entry where list = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    private static SubscriptionList list(Object[] row, Set<Address> accounts, Set<String> groups) {
        String owner = (String) row[1];
        return new SubscriptionList(
                (String) row[0],
                new Caller(owner, Address.parse(owner).orElseThrow(), false, (Boolean) row[2]),
                Delivery.named((String) row[3]),
                ((Number) row[4]).longValue(),
                Instant.ofEpochMilli(((Number) row[5]).longValue()),
                Instant.ofEpochMilli(((Number) row[6]).longValue()),
                accounts,
                groups,
                OutletRows.outlet(row, 7));
    }
}
