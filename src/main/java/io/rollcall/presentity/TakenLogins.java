package io.rollcall.presentity;

import io.rollcall.recurring.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Log-ins that may be asked for again, by whoever does not know that they were stored: kept by the tuple id that each is
 * sure to ask for, also when the presentity has gone.
 */
@ApplicationScoped
public class TakenLogins {
    /** Longer than a broker can have such a message without having heard that it was taken. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final Database database;
    private final DatabaseClock clock;

    @Inject
    private Sweeps sweeps;

    @Inject
    @ConfigProperty(name = "rollcall.retention.sweep", defaultValue = "PT1H")
    private Duration interval;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected TakenLogins() {
        database = null;
        clock = null;
    }

    @Inject
    public TakenLogins(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps.every(interval, () -> forgetBefore(clock.now().minus(KEPT)));
    }

    /** Those of some tuple ids that were logged in by then. */
    public Set<String> among(Collection<String> tupleIds) {
        return tupleIds.isEmpty()
                ? Set.of()
                : database.read(session -> new HashSet<>(session.createNativeQuery(
                                "select tuple_id from queued_login where tuple_id in (:ids)", String.class)
                        .setParameterList("ids", tupleIds)
                        .getResultList()));
    }

    /** What is stored with such a log-in. */
    public static Change.Alongside keep(String tupleId, Instant time) {
        return session -> session.createNativeMutationQuery(
                        "insert into queued_login (tuple_id, taken_at) values (:id, :time)")
                .setParameter("id", tupleId)
                .setParameter("time", time.toEpochMilli())
                .executeUpdate();
    }

    int forgetBefore(Instant time) {
        return database.inTransaction(
                session -> session.createNativeMutationQuery("delete from queued_login where taken_at < :time")
                        .setParameter("time", time.toEpochMilli())
                        .executeUpdate());
    }
}
