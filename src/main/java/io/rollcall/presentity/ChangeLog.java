package io.rollcall.presentity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The groups of changes stored of late, by number. Numbers follow the order of commits and have no gaps, so whoever has
 * seen all up to n finds the rest exactly.
 */
@ApplicationScoped
public class ChangeLog {
    private static final String RULES = "r";

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

    /** Writes what changes nothing. @throws RuntimeException if the database takes no changes, though it may be read */
    public void tryToWrite() {
        database.inTransaction(session -> session.createNativeMutationQuery("update change_counter set number = number")
                .executeUpdate());
    }

    /** What is kept of a group. */
    public record Entry(long number, List<Line> lines) {

        /**
         * What is kept of one account's part.
         *
         * @param version the account's, which the change made
         */
        public record Line(String address, long version, boolean rulesChanged) {
            private static Line of(String line) {
                int blank = line.lastIndexOf(' ');
                boolean rulesChanged = line.endsWith(RULES);
                String version = line.substring(blank + 1, line.length() - (rulesChanged ? RULES.length() : 0));
                return new Line(line.substring(0, blank), Long.parseLong(version), rulesChanged);
            }
        }

        /** As lines that {@link #of} reads: address, blank, version, and an {@code r} where the rules changed. */
        static String text(List<ChangeGroup.Announced> changes) {
            StringBuilder lines = new StringBuilder();
            for (ChangeGroup.Announced change : changes) {
                lines.append(change.address()).append(' ').append(change.version());
                lines.append(change.rulesChanged() ? RULES : "").append('\n');
            }
            return lines.toString();
        }

        static Entry of(long number, String text) {
            return new Entry(number, text.lines().map(Line::of).toList());
        }
    }

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
                .map(row -> Entry.of(((Number) row[0]).longValue(), (String) row[1]))
                .toList());
    }

    /** Forgets the groups stored before that time. */
    public void forgetBefore(Instant time) {
        database.inTransaction(session -> session.createNativeMutationQuery(
                        "delete from change_group where committed_at < :time")
                .setParameter("time", time.toEpochMilli())
                .executeUpdate());
    }

    /** The accounts whose rules changed in any group that is still here. */
    public Set<String> rulesChanged() {
        List<String> groups = database.read(session -> session.createNativeQuery(
                        "select accounts from change_group where accounts like :mark", String.class)
                .setParameter("mark", '%' + RULES + "\n%")
                .getResultList());
        Set<String> accounts = new HashSet<>();
        for (String group : groups) {
            for (Entry.Line line : Entry.of(0, group).lines()) {
                if (line.rulesChanged()) {
                    accounts.add(line.address());
                }
            }
        }
        return accounts;
    }
}
