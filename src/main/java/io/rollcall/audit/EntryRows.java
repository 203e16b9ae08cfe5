package io.rollcall.audit;

import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** The rows of the audit log: added and read, removed when they are old, never changed. */
final class EntryRows {
    private static final String COLUMNS = "select id, acted_at, actor, action, target, remote, times, detail from audit_entry";

    private EntryRows() {}

    static void insert(StatelessSession session, Instant at, Collection<Act> acts) {
        session.doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into audit_entry (acted_at, actor, action, target, remote, times, detail)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")) {
                for (Act act : acts) {
                    insert.setLong(1, at.toEpochMilli());
                    insert.setString(2, act.actor());
                    insert.setString(3, act.action().word());
                    insert.setString(4, act.target());
                    insert.setString(5, act.remote());
                    insert.setInt(6, act.times());
                    insert.setString(7, act.detail());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    /** The entries behind a position, the newest first, at most so many. */
    static List<Entry> find(StatelessSession session, Filter filter, Position before, int limit) {
        Conditions conditions = Conditions.of(filter)
                // what the next one says is in this one too, in a way that every database finds by its index
                .and("acted_at <= :latest", "latest", before.millis())
                .and("(acted_at < :before or id < :id)", "before", before.millis());
        conditions.values.put("id", before.id());
        return conditions
                .bindTo(session.createNativeQuery(
                        COLUMNS + conditions.where() + " order by acted_at desc, id desc", Object[].class))
                .setMaxResults(limit)
                .getResultStream()
                .map(EntryRows::entry)
                .toList();
    }

    /** How many there are, counted up to a limit. */
    static long count(StatelessSession session, Filter filter, int limit) {
        Conditions conditions = Conditions.of(filter);
        String counted = "select id from audit_entry" + conditions.where() + " limit " + limit;
        return conditions
                .bindTo(session.createNativeQuery("select count(*) from (" + counted + ") counted", Long.class))
                .getSingleResult();
    }

    /** Removes what was kept before a time, at most so many; gives how many there were. */
    static int forget(StatelessSession session, Instant before, int limit) {
        return session.createNativeMutationQuery("delete from audit_entry where id in"
                        + " (select id from audit_entry where acted_at < :before order by acted_at limit " + limit + ")")
                .setParameter("before", before.toEpochMilli())
                .executeUpdate();
    }

    private static Entry entry(Object[] row) {
        return new Entry(
                ((Number) row[0]).longValue(),
                Instant.ofEpochMilli(((Number) row[1]).longValue()),
                (String) row[2],
                (String) row[3],
                (String) row[4],
                (String) row[5],
                ((Number) row[6]).intValue(),
                (String) row[7]);
    }

    /** What rows have to meet. */
    private record Conditions(List<String> texts, Map<String, Object> values) {

        static Conditions of(Filter filter) {
            return new Conditions(new ArrayList<>(), new HashMap<>())
                    .and("actor = :actor", "actor", filter.actor())
                    .and("target = :target", "target", filter.target())
                    .and("action = :action", "action", filter.action() == null ? null : filter.action().word())
                    .and("acted_at >= :start", "start", filter.from() == null ? null : filter.from().toEpochMilli())
                    .and("acted_at < :end", "end", filter.until() == null ? null : filter.until().toEpochMilli());
        }

        /** Adds one, unless there is nothing to compare with. */
        Conditions and(String text, String name, @Nullable Object value) {
            if (value != null) {
                texts.add(text);
                values.put(name, value);
            }
            return this;
        }

        String where() {
            return texts.isEmpty() ? "" : " where " + String.join(" and ", texts);
        }

        <T> NativeQuery<T> bindTo(NativeQuery<T> query) {
            values.forEach(query::setParameter);
            return query;
        }
    }
}
