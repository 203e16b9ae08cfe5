package io.rollcall.presentity;

import io.rollcall.metrics.Alarm;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * The database's clock, which all times come from, so that every node measures by the same one. It is read now and then; in
 * between, time goes on as this machine measures it, whatever is done to its clock. When the database's clock is put forward
 * or back, time neither leaps nor stands still: it goes a tenth faster or slower until it is the same again, so that nothing
 * expires that was refreshed in time, and what has to expire does. A clock that was wrong by more than a day is believed at once.
 */
@ApplicationScoped
public class DatabaseClock {
    private static final Logger LOG = Logger.getLogger(DatabaseClock.class.getName());
    /** So far two readings may differ because the answer took its time, or the machine's measure drifts. */
    private static final Duration TRIFLE = Duration.ofSeconds(2);

    private static final Duration BELIEVED = Duration.ofDays(1);
    /** What took longer tells too little of the time. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private static final int A_TENTH = 10;
    private static final long NANOS = 1_000_000;

    private final LongSupplier databases;
    private final LongSupplier nanos;
    private volatile Reading last;
    private boolean known;
    private boolean stepped;

    /**
     * @param millis what this clock showed then, in milliseconds since 1970
     * @param at when, by the machine's measure in nanoseconds
     * @param ahead by how many milliseconds the database's clock was ahead of it
     */
    private record Reading(long millis, long at, long ahead) {
        long after(long elapsed) {
            long most = elapsed / A_TENTH;
            return millis + elapsed + Math.max(-most, Math.min(most, ahead));
        }
    }

    /** For CDI's proxy. */
    protected DatabaseClock() {
        this(() -> 0, () -> 0);
    }

    @Inject
    public DatabaseClock(Database database) {
        this(() -> read(database), System::nanoTime);
    }

    /**
     * @param databases the database's time, in milliseconds since 1970
     * @param nanos the machine's measure
     */
    DatabaseClock(LongSupplier databases, LongSupplier nanos) {
        this.databases = databases;
        this.nanos = nanos;
        this.last = new Reading(System.currentTimeMillis(), nanos.getAsLong(), 0);
    }

    private static long read(Database database) {
        OffsetDateTime time = database.read(
                session -> session.createNativeQuery("select current_timestamp", OffsetDateTime.class)
                        .getSingleResult());
        return time.toInstant().toEpochMilli();
    }

    /** The time now, in whole milliseconds. It never goes back, but for a step of more than a day. */
    public Instant now() {
        return Instant.ofEpochMilli(at(nanos.getAsLong()));
    }

    private long at(long nano) {
        Reading from = last;
        return from.after((nano - from.at) / NANOS);
    }

    /** Reads the database's clock; the first time it is believed as it is. */
    public synchronized void adjust() {
        long before = nanos.getAsLong();
        long database = databases.getAsLong();
        long took = nanos.getAsLong() - before;
        if (!known || took < SLOW.toNanos()) {
            adjust(database, before + took / 2);
        }
    }

    private void adjust(long database, long at) {
        long shown = at(at);
        Duration ahead = Duration.ofMillis(database - shown);
        boolean believed = !known || ahead.abs().compareTo(BELIEVED) > 0;
        last = believed ? new Reading(database, at, 0) : new Reading(shown, at, ahead.toMillis());
        boolean steps = known && ahead.abs().compareTo(TRIFLE) > 0;
        if (steps && !stepped) {
            Alarm.CLOCK_STEPPED.raise(LOG, "The database's clock was put " + (ahead.isNegative() ? "back" : "forward") + " by "
                    + ahead.abs().toSeconds() + " s: " + (believed ? "it is believed" : "it is followed by and by"));
        }
        stepped = steps;
        known = true;
    }
}
