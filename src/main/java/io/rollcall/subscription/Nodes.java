package io.rollcall.subscription;

import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * The nodes that run on this database. Each says every few seconds that it is alive; what hangs on one that has not for
 * long ends, by whichever node finds it first.
 */
@ApplicationScoped
public class Nodes {
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final Database database;
    private final DatabaseClock clock;
    private final String own = UUID.randomUUID().toString();
    /** When this node said last that it is alive, by the clock of {@link System#nanoTime}; 0 if it never did. */
    private volatile long renewedAt;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Nodes() {
        database = null;
        clock = null;
    }

    @Inject
    Nodes(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** This node's id; another one after every start. */
    public String own() {
        return own;
    }

    /** Says that this node is alive; false if it was not known as such, for the first time or because it was held dead. */
    boolean renew() {
        long began = System.nanoTime();
        long now = clock.now().toEpochMilli();
        boolean known = database.inTransaction(session -> {
            int renewed = session.createNativeMutationQuery("update node set alive_at = :now where id = :id")
                    .setParameter("now", now)
                    .setParameter("id", own)
                    .executeUpdate();
            if (renewed == 0) {
                session.createNativeMutationQuery("insert into node (id, alive_at) values (:id, :now)")
                        .setParameter("id", own)
                        .setParameter("now", now)
                        .executeUpdate();
            }
            return renewed > 0;
        });
        renewedAt = began;
        return known;
    }

    /** Whether every node will hold this one alive for so many seconds to come, by what it said last. */
    boolean isAliveFor(long seconds) {
        return renewedAt != 0 && System.nanoTime() - renewedAt < LEASE.minusSeconds(seconds).toNanos();
    }

    /** The ids of those that said of late that they are alive. */
    public Set<String> alive() {
        return database.read(session -> new HashSet<>(session.createNativeQuery(
                        "select id from node where alive_at >= :start", String.class)
                .setParameter("start", leaseStart())
                .getResultList()));
    }

    List<String> dead() {
        return database.read(
                session -> session.createNativeQuery("select id from node where alive_at < :start", String.class)
                        .setParameter("start", leaseStart())
                        .getResultList());
    }

    /** Takes a dead node's row away, within the caller's transaction; false if it is alive, or somebody was faster. */
    boolean bury(StatelessSession session, String id) {
        return session.createNativeMutationQuery("delete from node where id = :id and alive_at < :start")
                        .setParameter("id", id)
                        .setParameter("start", leaseStart())
                        .executeUpdate()
                > 0;
    }

    /** Takes this node's own row away, within the caller's transaction. */
    void leave(StatelessSession session) {
        session.createNativeMutationQuery("delete from node where id = :id")
                .setParameter("id", own)
                .executeUpdate();
    }

    private long leaseStart() {
        return clock.now().minus(LEASE).toEpochMilli();
    }
}
