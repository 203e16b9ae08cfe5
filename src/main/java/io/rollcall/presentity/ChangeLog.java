package io.rollcall.presentity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/**
 * The groups of changes stored of late, by number. Numbers follow the order of commits and have no gaps, so whoever has
 * seen all up to n finds the rest exactly.
 */
@ApplicationScoped
public class ChangeLog {
    private final Database database;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected ChangeLog() {
        database = null;
    }

    @Inject
    public ChangeLog(Database database) {
        this.database = database;
    }

    /** A group's number, and the addresses of the accounts in it. */
    public record Entry(long number, List<String> addresses) {}

    /** The number of the newest group; 0 if there never was one. */
    public long lastNumber() {
        return database.read(session ->
                session.createNativeQuery("select number from change_counter", Long.class).getSingleResult());
    }

    /** The number of the oldest group that is still here, or {@link Long#MAX_VALUE} if none is. */
    public long oldestNumber() {
        return database.read(session -> session.createNativeQuery(
                        "select coalesce(min(number), " + Long.MAX_VALUE + ") from change_group", Long.class)
                .getSingleResult());
    }

    /** Whether a group is still here and was stored after that time. */
    public boolean isAfter(long number, Instant time) {
        return database.read(session -> session.createNativeQuery(
                                "select count(*) from change_group where number = :number and committed_at > :time",
                                Long.class)
                        .setParameter("number", number)
                        .setParameter("time", time.toEpochMilli())
                        .getSingleResult()
                > 0);
    }

    /**
     * The groups after a number, in order, at most so many.
     *
     * @param until only those stored before that time
     */
    public List<Entry> after(long number, Instant until, int limit) {
        return database.read(session -> session.createNativeQuery(
                        "select number, accounts from change_group where number > :number and committed_at < :until"
                                + " order by number",
                        Object[].class)
                .setParameter("number", number)
                .setParameter("until", until.toEpochMilli())
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new Entry(((Number) row[0]).longValue(), addresses((String) row[1])))
                .toList());
    }

    /** Forgets the groups stored before that time. */
    public void forgetBefore(Instant time) {
        database.inTransaction(session -> session.createNativeMutationQuery(
                        "delete from change_group where committed_at < :time")
                .setParameter("time", time.toEpochMilli())
                .executeUpdate());
    }

    private static List<String> addresses(String lines) {
        return lines.lines().map(line -> line.substring(0, line.lastIndexOf(' '))).toList();
    }
}
