package io.rollcall.presentity;

import java.time.Instant;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * A wish to change one account. It is decided when its turn comes, on what the changes before it left, and may be
 * decided more than once when a group has to be stored again: it must not have effects of its own.
 *
 * @param <R> what its author is told once it is stored
 */
public interface Change<R> {

    /** The account it is for. */
    String address();

    /**
     * Decides the change.
     *
     * @param now the account as it stands
     * @param time the database's time
     * @throws io.rollcall.problem.Problem if it is refused; nothing of it is stored then
     */
    Outcome<R> decide(AccountPresence now, Instant time);

    /** About how many bytes it will store. */
    default int size() {
        return 0;
    }

    /**
     * The same change with something more that is stored in its transaction: both are, or neither.
     *
     * @param more what that is at the database's time
     */
    default Change<R> with(Function<Instant, Alongside> more) {
        return new ExtendedChange<>(this, more);
    }

    /**
     * What a change comes to.
     *
     * @param next the account afterwards
     * @param answer for the author, given after the commit
     * @param alongside what else goes into the same transaction
     */
    record Outcome<R>(AccountPresence next, R answer, @Nullable Alongside alongside) {
        public Outcome(AccountPresence next, R answer) {
            this(next, answer, null);
        }
    }

    /** Stores what belongs to a change but is not presence. */
    @FunctionalInterface
    interface Alongside {
        void store(StatelessSession session);
    }
}
