package io.rollcall.presentity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    private static final String TAKE_NUMBER = "update change_counter set number = number + 1";

    private static final String INSERT_GROUP = "insert into change_group (number, committed_at, accounts)"
            + " select number, cast(? as bigint), cast(? as varchar) from change_counter";

    private static final String READ_NUMBER = "select number from change_counter";

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
            SentTogether statements = new SentTogether(connection);
            updateAccounts(statements, accounts);
            if (transitions.stream().anyMatch(Transition::isMoreThanRenewal)) {
                // only once the accounts are known to be what was decided on
                statements.execute();
                updateWords(connection, accounts);
                for (Transition transition : transitions) {
                    transition.arrived().forEach(session::insert);
                    transition.left().forEach(session::delete);
                }
                reschedule(connection, renewed);
                Database.flush(session);
            }
            updatePresentities(statements, renewed);
            return announce(statements, transitions, now);
        });
    }

    private static void updateAccounts(SentTogether statements, List<Transition> changed) {
        if (!changed.isEmpty()) {
            statements.add(UPDATE_ACCOUNTS, changed.size())
                    .texts(changed, transition -> transition.after().address())
                    .numbers(changed, transition -> transition.before().version())
                    .numbers(changed, transition -> transition.after().version())
                    .numbers(changed, transition -> transition.after().account().rulesRevision())
                    .numbers(changed, transition -> transition.after().account().lastSeen());
        }
    }

    private static void updatePresentities(SentTogether statements, List<Transition.Renewed> renewed) {
        if (!renewed.isEmpty()) {
            statements.add(UPDATE_PRESENTITIES, renewed.size())
                    .texts(renewed, row -> row.next().tupleId())
                    .numbers(renewed, row -> row.old().revision())
                    .numbers(renewed, row -> row.next().revision())
                    .numbers(renewed, row -> row.next().expiresAtMillis())
                    .numbers(renewed, row -> row.next().tuple().changeVersion())
                    .numbers(renewed, row -> row.next().tuple().changedAtMillis())
                    .texts(renewed, row -> row.next().tuple().state().name())
                    .texts(renewed, row -> row.next().tuple().document());
        }
    }

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

    private static @Nullable ChangeGroup announce(
            SentTogether statements, Collection<Transition> transitions, long now) throws SQLException {
        List<ChangeGroup.Announced> changes = transitions.stream()
                .filter(Transition::isNews)
                .map(ChangeGroup::announced)
                .toList();
        if (changes.isEmpty()) {
            statements.execute();
            return null;
        }
        // the counter's row stays locked until the commit, so that numbers follow commits
        statements.add(TAKE_NUMBER, 1);
        statements.add(INSERT_GROUP, 1).number(now).text(ChangeLog.Entry.text(changes));
        return new ChangeGroup(statements.executeAndRead(READ_NUMBER), now, changes);
    }

    /** Some row was changed by somebody else in the meantime. */
    static final class Outdated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Outdated(String message) {
            super(message, null, false, false);
        }
    }
}
