package io.rollcall.subscription;

import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.presentity.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** Finds the lists of everybody, as they are stored; a page at a time. */
@ApplicationScoped
public class ListSearch {
    @Inject
    private Database database;

    @Inject
    private Groups groups;

    /**
     * Which are wanted: those that fit all that is not null.
     *
     * @param account one that they name, itself or by a group
     */
    public record Filter(@Nullable String account, @Nullable String owner) implements Serializable {
        private String where() {
            String naming = "l.id in (select e.list from subscription_list_entry e where e.kind = 'account'"
                    + " and e.name = :account or e.kind = 'group' and e.name in (:groups))";
            if (account == null) {
                return owner == null ? "" : " where l.owner = :owner";
            }
            return " where " + naming + (owner == null ? "" : " and l.owner = :owner");
        }
    }

    /**
     * A list as it is stored.
     *
     * @param entries how many accounts and groups it names
     * @param node the id of the node that delivers it; null if none does
     * @param toldAt when something of it was taken last; null if nothing was, or it is read as a stream
     * @param failingSince since when its delivery takes nothing; null if all is well
     * @param ended the event that ended its delivery; null if nothing did
     */
    public record Found(
            String id,
            String owner,
            String delivery,
            long entries,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String node,
            @Nullable Instant toldAt,
            @Nullable Instant failingSince,
            @Nullable String error,
            @Nullable String ended)
            implements Serializable {

        /** The word for how it stands: {@code active}, {@code failing} or {@code terminated}. */
        public String state() {
            return Outlet.state(ended != null, failingSince != null);
        }
    }

    /** Some of them, the newest first. */
    public List<Found> find(Filter filter, int first, int limit) {
        return database.read(session -> bind(
                        session.createNativeQuery(
                                "select l.id, l.owner, l.delivery,"
                                        + " (select count(*) from subscription_list_entry e where e.list = l.id) entries,"
                                        + " l.created_at, l.expires_at, d.node, d.told_at, d.failing_since, d.error, d.ended"
                                        + " from subscription_list l left join list_delivery d on d.list = l.id"
                                        + filter.where() + " order by l.created_at desc, l.id",
                                Object[].class),
                        filter)
                .setFirstResult(first)
                .setMaxResults(limit)
                .getResultStream()
                .map(ListSearch::found)
                .toList());
    }

    /** How many there are. */
    public long count(Filter filter) {
        return database.read(session -> bind(
                        session.createNativeQuery("select count(*) from subscription_list l" + filter.where(), Long.class),
                        filter)
                .getSingleResult());
    }

    private <T> NativeQuery<T> bind(NativeQuery<T> query, Filter filter) {
        if (filter.owner() != null) {
            query.setParameter("owner", filter.owner());
        }
        if (filter.account() != null) {
            Set<String> memberships = Address.parse(filter.account()).map(groups::of).orElse(Set.of());
            query.setParameter("account", filter.account());
            // an empty list is no SQL; no group has an empty name
            query.setParameterList("groups", memberships.isEmpty() ? Set.of("") : memberships);
        }
        return query;
    }

    private static Found found(Object[] row) {
        return new Found(
                (String) row[0],
                (String) row[1],
                (String) row[2],
                ((Number) row[3]).longValue(),
                Instant.ofEpochMilli(((Number) row[4]).longValue()),
                Instant.ofEpochMilli(((Number) row[5]).longValue()),
                (String) row[6],
                instant(row[7]),
                instant(row[8]),
                (String) row[9],
                (String) row[10]);
    }

    private static @Nullable Instant instant(@Nullable Object millis) {
        return millis == null ? null : Instant.ofEpochMilli(((Number) millis).longValue());
    }
}
