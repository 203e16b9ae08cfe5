package io.rollcall.presentity;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Writes a group of transitions within one transaction. What happens often, an account and a presentity changing, is one
 * statement for the whole group, the same on H2 and PostgreSQL; each row is written only if it still is what the
 * transition was made from.
 */
final class GroupStore {
    private static final String UPDATE_ACCOUNTS =
            """
            merge into account a
            using (select * from unnest(cast(? as varchar array), cast(? as bigint array), cast(? as bigint array),
                cast(? as bigint array), cast(? as bigint array))
                as n (address, expected, version, rules_revision, last_seen)) n
            on a.address = n.address and a.version = n.expected
            when matched then update set version = n.version, rules_revision = n.rules_revision,
                last_seen = n.last_seen
            """;

    private static final String UPDATE_PRESENTITIES =
            """
            merge into presentity p
            using (select * from unnest(cast(? as varchar array), cast(? as bigint array), cast(? as bigint array),
                cast(? as bigint array), cast(? as bigint array), cast(? as bigint array), cast(? as varchar array),
                cast(? as varchar array))
                as n (tuple_id, expected, revision, expires_at, change_version, changed_at, state, document)) n
            on p.tuple_id = n.tuple_id and p.revision = n.expected and p.change_version <= n.change_version
            when matched then update set revision = n.revision, expires_at = n.expires_at,
                due_at = least(p.due_at, n.expires_at), change_version = n.change_version,
                changed_at = n.changed_at, state = n.state, document = n.document
            """;

    private static final String UPDATE_WORD =
            "update account set preferred = ?, preferred_until = ? where address = ?";

    private static final String RESCHEDULE =
            "update presentity set changes_at = ?, due_at = least(due_at, ?) where tuple_id = ?";

    private GroupStore() {}

    /**
     * Stores the transitions.
     *
     * @return the group's announcement, or null if nothing in it is news
     * @throws Outdated if a row is no longer what a transition was made from; the transaction must be rolled back
     */
    static @Nullable ChangeGroup store(StatelessSession session, Collection<Transition> transitions, long now) {
        List<Transition> created = new ArrayList<>();
        List<Transition> accounts = new ArrayList<>();
        List<Transition.Renewed> renewed = new ArrayList<>();
        for (Transition transition : transitions) {
            if (transition.isNewAccount() && transition.isNews()) {
                session.insert(transition.after().account());
                created.add(transition);
            } else if (transition.isNews()) {
                accounts.add(transition);
            }
            transition.addRenewed(renewed);
        }
        ErasedAccounts.check(session, created);
        return session.doReturningWork(connection -> {
            updateAccounts(connection, accounts);
            updateWords(connection, accounts);
            for (Transition transition : transitions) {
                transition.arrived().forEach(session::insert);
                transition.left().forEach(session::delete);
            }
            updatePresentities(connection, renewed);
            reschedule(connection, renewed);
            return announce(connection, transitions, now);
        });
    }

    private static void updateAccounts(Connection connection, List<Transition> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(UPDATE_ACCOUNTS)) {
            Columns<Transition> rows = new Columns<>(connection, update, changed);
            rows.text(transition -> transition.after().address());
            rows.number(transition -> transition.before().version());
            rows.number(transition -> transition.after().version());
            rows.number(transition -> transition.after().account().rulesRevision());
            rows.number(transition -> transition.after().account().lastSeen());
            rows.execute();
        }
    }

    private static void updatePresentities(Connection connection, List<Transition.Renewed> renewed)
            throws SQLException {
        if (renewed.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(UPDATE_PRESENTITIES)) {
            Columns<Transition.Renewed> rows = new Columns<>(connection, update, renewed);
            rows.text(row -> row.next().tupleId());
            rows.number(row -> row.old().revision());
            rows.number(row -> row.next().revision());
            rows.number(row -> row.next().expiresAtMillis());
            rows.number(row -> row.next().tuple().changeVersion());
            rows.number(row -> row.next().tuple().changedAtMillis());
            rows.text(row -> row.next().tuple().state().name());
            rows.text(row -> row.next().tuple().document());
            rows.execute();
        }
    }

    /** After the accounts: that they still are what was decided on is known by then. */
    private static void updateWords(Connection connection, List<Transition> changed) throws SQLException {
        for (Transition transition : changed) {
            if (transition.isWordNew()) {
                Account account = transition.after().account();
                try (PreparedStatement update = connection.prepareStatement(UPDATE_WORD)) {
                    update.setString(1, account.preferredText());
                    update.setObject(2, account.preferredUntil(), Types.BIGINT);
                    update.setString(3, account.address());
                    update.executeUpdate();
                }
            }
        }
    }

    /** Few publications hold elements that begin or end: they have statements of their own. */
    private static void reschedule(Connection connection, List<Transition.Renewed> renewed) throws SQLException {
        for (Transition.Renewed row : renewed) {
            if (row.isRescheduled()) {
                Presentity next = row.next();
                try (PreparedStatement update = connection.prepareStatement(RESCHEDULE)) {
                    update.setObject(1, next.tuple().changesAtMillis(), Types.BIGINT);
                    update.setLong(2, next.dueAtMillis());
                    update.setString(3, next.tupleId());
                    update.executeUpdate();
                }
            }
        }
    }

    private static @Nullable ChangeGroup announce(Connection connection, Collection<Transition> transitions, long now)
            throws SQLException {
        List<ChangeGroup.Announced> changes = transitions.stream()
                .filter(Transition::isNews)
                .map(ChangeGroup::announced)
                .toList();
        if (changes.isEmpty()) {
            return null;
        }
        long number = nextNumber(connection);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into change_group (number, committed_at, accounts) values (?, ?, ?)")) {
            insert.setLong(1, number);
            insert.setLong(2, now);
            insert.setString(3, ChangeLog.Entry.text(changes));
            insert.executeUpdate();
        }
        return new ChangeGroup(number, now, changes);
    }

    /** Takes the next number; the row stays locked until the commit, so that numbers follow commits. */
    private static long nextNumber(Connection connection) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(
                "update change_counter set number = number + 1", new String[] {"number"})) {
            take.executeUpdate();
            try (ResultSet number = take.getGeneratedKeys()) {
                number.next();
                return number.getLong(1);
            }
        }
    }

    /** Some row was changed by somebody else in the meantime. */
    static final class Outdated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Outdated(String message) {
            super(message, null, false, false);
        }
    }

    /** The parameters of a statement that takes one array a column. */
    private record Columns<T>(Connection connection, PreparedStatement statement, List<T> rows, List<Array> arrays) {
        Columns(Connection connection, PreparedStatement statement, List<T> rows) {
            this(connection, statement, rows, new ArrayList<>());
        }

        void text(Function<T, String> column) throws SQLException {
            add("varchar", rows.stream().map(column).toArray(String[]::new));
        }

        void number(Function<T, @Nullable Long> column) throws SQLException {
            add("bigint", rows.stream().map(column).toArray(Long[]::new));
        }

        private void add(String type, Object[] values) throws SQLException {
            Array array = connection.createArrayOf(type, values);
            arrays.add(array);
            statement.setArray(arrays.size(), array);
        }

        void execute() throws SQLException {
            int written = statement.executeUpdate();
            for (Array array : arrays) {
                array.free();
            }
            if (written != rows.size()) {
                throw new Outdated(written + " of " + rows.size() + " rows were still current");
            }
        }
    }
}
