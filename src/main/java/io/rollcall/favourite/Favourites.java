package io.rollcall.favourite;

import io.rollcall.presentity.Database;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.hibernate.StatelessSession;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Stores and finds the favourites of accounts. */
@ApplicationScoped
class Favourites {
    @Inject
    private Database database;

    /**
     * Whom an account has chosen.
     *
     * @param revision how many times it has; 0 if never
     * @param people addresses, in the order that they were given in
     */
    record Chosen(long revision, List<String> people) {
        static final Chosen NEVER = new Chosen(0, List.of());
    }

    Chosen of(String account) {
        return database.read(session -> find(session, account));
    }

    static Chosen find(StatelessSession session, String account) {
        Object[] row = session.createNativeQuery(
                        "select revision, people from favourites where account = :account", Object[].class)
                .setParameter("account", account)
                .getSingleResultOrNull();
        return row == null ? Chosen.NEVER : new Chosen(((Number) row[0]).longValue(), ((String) row[1]).lines().toList());
    }

    /**
     * Replaces them all.
     *
     * @param expected the revision that is replaced; null for whichever there is
     * @throws Problem {@link Kind#CONDITION_FAILED} if there is another
     */
    Chosen replace(String account, List<String> people, @Nullable Long expected) {
        try {
            return database.store(session -> {
                long now = lock(session, account);
                if (expected != null && expected != now) {
                    throw changedMeanwhile();
                }
                write(session, account, now, String.join("\n", people));
                return new Chosen(now + 1, people);
            });
        } catch (ConstraintViolationException another) {
            // of two who are the first to choose
            throw changedMeanwhile();
        }
    }

    private static long lock(StatelessSession session, String account) {
        Long revision = session.createNativeQuery(
                        "select revision from favourites where account = :account for update", Long.class)
                .setParameter("account", account)
                .getSingleResultOrNull();
        return revision == null ? 0 : revision;
    }

    private static void write(StatelessSession session, String account, long revision, String people) {
        session.createNativeMutationQuery(
                        revision == 0
                                ? "insert into favourites (account, revision, people) values (:account, :next, :people)"
                                : "update favourites set revision = :next, people = :people where account = :account")
                .setParameter("account", account)
                .setParameter("next", revision + 1)
                .setParameter("people", people)
                .executeUpdate();
    }

    private static Problem changedMeanwhile() {
        return new Problem(Kind.CONDITION_FAILED, "They were changed meanwhile; GET them and change those");
    }
}
