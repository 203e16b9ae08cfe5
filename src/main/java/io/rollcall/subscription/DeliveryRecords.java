package io.rollcall.subscription;

import io.rollcall.presentity.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Which node delivers which list. Each takes rows that nobody has, a few at a time, and has them for as long as it is
 * alive; what a dead one had is free.
 */
@ApplicationScoped
public class DeliveryRecords {
    private static final int AT_ONCE = 100;

    @Inject
    private Database database;

    @Inject
    private Nodes nodes;

    @Inject
    private Recorder recorder;

    @Inject
    private Reviewer reviewer;

    /**
     * A list that this node delivers.
     *
     * @param revision the list's
     * @param delivered the number of the group of changes up to which everything was taken; 0 at first
     */
    public record Claim(long revision, long delivered) {}

    /**
     * How far a delivery has come.
     *
     * @param toldAt when something was taken last; null if nothing was since this node delivers
     */
    public record Position(
            String list,
            long delivered,
            @Nullable Instant toldAt,
            @Nullable Instant failingSince,
            @Nullable String error) {}

    /**
     * Claims some of the lists that nobody delivers.
     *
     * @return by the id of each what its service was told by the node that left it; empty if that did not say. It is said
     *     once: from now on more is told
     */
    public Map<String, String> claimSome() {
        Set<String> alive = nodes.alive();
        return alive.contains(nodes.own()) ? database.inTransaction(session -> claimSome(session, alive)) : Map.of();
    }

    private Map<String, String> claimSome(StatelessSession session, Set<String> alive) {
        Map<String, String> free = new HashMap<>();
        session.createNativeQuery(
                        "select list, told from list_delivery where ended is null and (node is null or node not in (:alive))"
                                + " limit " + AT_ONCE + " for update skip locked",
                        Object[].class)
                .setParameterList("alive", alive)
                .getResultList()
                .forEach(row -> free.put((String) row[0], row[1] == null ? "" : (String) row[1]));
        if (!free.isEmpty()) {
            session.createNativeMutationQuery("update list_delivery set node = :own, told = null where list in (:free)")
                    .setParameter("own", nodes.own())
                    .setParameterList("free", free.keySet())
                    .executeUpdate();
        }
        return free;
    }

    /** All lists that this node delivers, by id. */
    public Map<String, Claim> claims() {
        Map<String, Claim> claims = new HashMap<>();
        database.read(session -> session.createNativeQuery(
                                "select d.list, l.revision, d.delivered from list_delivery d"
                                        + " join subscription_list l on l.id = d.list"
                                        + " where d.node = :own and d.ended is null",
                                Object[].class)
                        .setParameter("own", nodes.own())
                        .getResultList())
                .forEach(row -> claims.put((String) row[0], new Claim(number(row[1]), number(row[2]))));
        return claims;
    }

    /**
     * Whether no other node can have taken what this one delivers, for a while to come.
     *
     * @param seconds how long that while is
     */
    public boolean areSafeFor(long seconds) {
        return nodes.isAliveFor(seconds);
    }

    /** Writes down how far deliveries have come, as far as they are still this node's. */
    public void note(Collection<Position> positions) {
        database.inTransaction(session -> {
            session.doWork(connection -> {
                try (PreparedStatement note = connection.prepareStatement("update list_delivery set"
                        + " delivered = greatest(delivered, ?), told_at = coalesce(?, told_at), failing_since = ?, error = ?"
                        + " where list = ? and node = ? and ended is null")) {
                    for (Position position : positions) {
                        note.setLong(1, position.delivered());
                        note.setObject(2, millis(position.toldAt()), Types.BIGINT);
                        note.setObject(3, millis(position.failingSince()), Types.BIGINT);
                        note.setString(4, position.error());
                        note.setString(5, position.list());
                        note.setString(6, nodes.own());
                        note.addBatch();
                    }
                    note.executeBatch();
                }
            });
            return null;
        });
    }

    /**
     * Leaves to others what this node delivers.
     *
     * @param told what services were told, by the ids of their lists, for those who go on
     */
    public void release(Map<String, String> told) {
        database.inTransaction(session -> {
            session.doWork(connection -> {
                try (PreparedStatement tell =
                        connection.prepareStatement("update list_delivery set told = ? where list = ? and node = ?")) {
                    for (Map.Entry<String, String> list : told.entrySet()) {
                        tell.setString(1, list.getValue());
                        tell.setString(2, list.getKey());
                        tell.setString(3, nodes.own());
                        tell.addBatch();
                    }
                    tell.executeBatch();
                }
            });
            return session.createNativeMutationQuery("update list_delivery set node = null where node = :own")
                    .setParameter("own", nodes.own())
                    .executeUpdate();
        });
    }

    /**
     * Ends what the list is for, and with it its wishes; the list itself stays, and tells its owner why. One that has been
     * replaced meanwhile goes on.
     *
     * @param error what was wrong, in a few words
     */
    public void end(SubscriptionList list, Event reason, String error) {
        int ended = database.inTransaction(session -> {
            int rows = session.createNativeMutationQuery("update list_delivery set ended = :reason, error = :error,"
                            + " node = null where list = :list and node = :own and ended is null and exists"
                            + " (select 1 from subscription_list where id = :list and revision = :revision)")
                    .setParameter("reason", reason.word())
                    .setParameter("error", error)
                    .setParameter("list", list.id())
                    .setParameter("revision", list.revision())
                    .setParameter("own", nodes.own())
                    .executeUpdate();
            if (rows > 0) {
                recorder.end(session, Carrier.list(list.id()));
            }
            return rows;
        });
        if (ended > 0) {
            reviewer.listEnded(list);
        }
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
