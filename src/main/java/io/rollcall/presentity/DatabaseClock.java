package io.rollcall.presentity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The database's clock, which all times come from, so that every node measures by the same one. It is read now and then;
 * in between this machine's clock carries it on.
 */
@ApplicationScoped
public class DatabaseClock {
    private final Database database;
    private volatile long offset;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected DatabaseClock() {
        database = null;
    }

    @Inject
    public DatabaseClock(Database database) {
        this.database = database;
    }

    /** The time now, in whole milliseconds. */
    public Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis() + offset);
    }

    /** Reads the database's clock. */
    public void adjust() {
        long before = System.currentTimeMillis();
        OffsetDateTime time = database.read(
                session -> session.createNativeQuery("select current_timestamp", OffsetDateTime.class)
                        .getSingleResult());
        long after = System.currentTimeMillis();
        offset = time.toInstant().toEpochMilli() - (before + after) / 2;
    }
}
