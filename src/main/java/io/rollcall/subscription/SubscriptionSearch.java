package io.rollcall.subscription;

import io.rollcall.presentity.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** Finds the subscriptions of all nodes, as they are stored; a page at a time. */
@ApplicationScoped
public class SubscriptionSearch {
    @Inject
    private Database database;

    /**
     * Which are wanted: those that fit all that is not null.
     *
     * @param account the account watched
     * @param status its word
     * @param until when it began at the latest
     */
    public record Filter(
            @Nullable String account, @Nullable String watcher, @Nullable String status, @Nullable Instant until)
            implements Serializable {}

    /** What they are ordered by. */
    public enum Order {
        ACCOUNT("account, watcher, carrier"),
        WATCHER("watcher, account, carrier"),
        NEWEST("since desc, account, watcher, carrier"),
        OLDEST("since, account, watcher, carrier");

        private final String columns;

        Order(String columns) {
            this.columns = columns;
        }
    }

    /**
     * A subscription as it is stored.
     *
     * @param node the id of the node whose connections carry it; null if none does
     * @param list the id of the list it belongs to; null if it is none's
     */
    public record Found(
            String account,
            String watcher,
            String status,
            String event,
            Instant since,
            @Nullable String node,
            @Nullable String list)
            implements Serializable {}

    public List<Found> find(Filter filter, Order order, int first, int limit) {
        return database.read(session -> bind(
                        session.createNativeQuery(
                                "select account, watcher, status, event, since, carrier from subscription"
                                        + where(filter) + " order by " + order.columns,
                                Object[].class),
                        filter)
                .setFirstResult(first)
                .setMaxResults(limit)
                .getResultStream()
                .map(SubscriptionSearch::found)
                .toList());
    }

    /** How many there are. */
    public long count(Filter filter) {
        return database.read(session -> bind(
                        session.createNativeQuery("select count(*) from subscription" + where(filter), Long.class), filter)
                .getSingleResult());
    }

    /** How many hang on each node, by its id. */
    public Map<String, Long> countByNode() {
        Map<String, Long> counts = new HashMap<>();
        database.read(session -> session.createNativeQuery(
                                "select carrier, count(*) from subscription where carrier like :nodes group by carrier",
                                Object[].class)
                        .setParameter("nodes", Carrier.node("%"))
                        .getResultList())
                .forEach(row -> counts.put(Carrier.nodeOf((String) row[0]), ((Number) row[1]).longValue()));
        return counts;
    }

    private static String where(Filter filter) {
        List<String> conditions = new ArrayList<>();
        if (filter.account() != null) {
            conditions.add("account = :account");
        }
        if (filter.watcher() != null) {
            conditions.add("watcher = :watcher");
        }
        if (filter.status() != null) {
            conditions.add("status = :status");
        }
        if (filter.until() != null) {
            conditions.add("since <= :until");
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private static <T> NativeQuery<T> bind(NativeQuery<T> query, Filter filter) {
        if (filter.account() != null) {
            query.setParameter("account", filter.account());
        }
        if (filter.watcher() != null) {
            query.setParameter("watcher", filter.watcher());
        }
        if (filter.status() != null) {
            query.setParameter("status", filter.status());
        }
        if (filter.until() != null) {
            query.setParameter("until", filter.until().toEpochMilli());
        }
        return query;
    }

    private static Found found(Object[] row) {
        String carrier = (String) row[5];
        return new Found(
                (String) row[0],
                (String) row[1],
                (String) row[2],
                (String) row[3],
                instant(row[4]),
                Carrier.nodeOf(carrier),
                Carrier.listOf(carrier));
    }

    private static Instant instant(Object millis) {
        return Instant.ofEpochMilli(((Number) millis).longValue());
    }
}
