package io.rollcall.publication;

import io.rollcall.document.Address;
import io.rollcall.document.Publication;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Change;
import io.rollcall.presentity.Presentity;
import io.rollcall.presentity.TakenLogins;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Instant;
import java.util.Locale;

/** One of the operations of RFC 3903 §4.1 on one presentity. */
sealed interface PublicationChange extends Change<Published> {

    Address account();

    @Override
    default String address() {
        return account().toString();
    }

    /** The name of the operation, {@code login}, {@code modify}, …. */
    default String action() {
        return action(getClass());
    }

    static String action(Class<?> operation) {
        return operation.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * Log in: an initial publication; it makes a new presentity and touches no other. One that comes again, with a tuple id
     * that is there, changes nothing.
     *
     * @param repeatable whether it may come again, so that it has to be known for as long
     * @param again whether it is known to have been stored before: then it brings back nobody who has gone since
     */
    record Login(
            Address account,
            String tupleId,
            Publication publication,
            long expires,
            int size,
            int most,
            boolean repeatable,
            boolean again)
            implements PublicationChange {
        /** One that does not come again. */
        Login(Address account, String tupleId, Publication publication, long expires, int size, int most) {
            this(account, tupleId, publication, expires, size, most, false, false);
        }

        @Override
        public Outcome<Published> decide(AccountPresence now, Instant time) {
            if (now.presentity(tupleId).isPresent()) {
                return published(now, tupleId, expires);
            }
            if (again) {
                throw new Problem(
                        Kind.NOT_FOUND, "It logged in when it was delivered before, and has gone since; log in anew");
            }
            if (now.presentities().size() >= most) {
                throw new Problem(Kind.TOO_MANY_REQUESTS, "The account has " + most + " live presentities already; log one out");
            }
            AccountPresence next = now.login(tupleId, publication, time, time.plusSeconds(expires));
            Outcome<Published> outcome = published(next, tupleId, expires);
            return repeatable
                    ? new Outcome<>(outcome.next(), outcome.answer(), TakenLogins.keep(tupleId, time))
                    : outcome;
        }
    }

    /** Change state. */
    record Modify(Address account, String tupleId, String entityTag, Publication publication, long expires, int size)
            implements PublicationChange {
        @Override
        public Outcome<Published> decide(AccountPresence now, Instant time) {
            Presentity presentity = current(now, tupleId, entityTag, time);
            AccountPresence next = now.modify(presentity, publication, time, time.plusSeconds(expires));
            return published(next, tupleId, expires);
        }
    }

    /** Go on as before: only the expiry moves and the entity-tag changes (RFC 3903 §4.3). */
    record Refresh(Address account, String tupleId, String entityTag, long expires) implements PublicationChange {
        @Override
        public Outcome<Published> decide(AccountPresence now, Instant time) {
            Presentity presentity = current(now, tupleId, entityTag, time);
            AccountPresence next = now.refresh(presentity, time.plusSeconds(expires));
            return published(next, tupleId, expires);
        }
    }

    /** Log out. */
    record Logout(Address account, String tupleId, String entityTag) implements PublicationChange {
        @Override
        public Outcome<Published> decide(AccountPresence now, Instant time) {
            Presentity presentity = current(now, tupleId, entityTag, time);
            return new Outcome<>(now.leave(presentity, time), new Published(presentity, 0));
        }
    }

    /** The server's own: a presentity whose time is over leaves. Refused, quietly, if it was refreshed meanwhile. */
    record Expire(Address account, String tupleId) implements PublicationChange {
        @Override
        public Outcome<Published> decide(AccountPresence now, Instant time) {
            Presentity presentity = now.presentity(tupleId).orElseThrow(() -> gone(tupleId));
            if (presentity.expiresAt().isAfter(time)) {
                throw new Problem(Kind.CONDITION_FAILED, "It was refreshed");
            }
            return new Outcome<>(now.leave(presentity, time), new Published(presentity, 0));
        }
    }

    /** The server's own: something of what was published begins or ends to hold (RFC 4480 §3.1). */
    record Turn(Address account, String tupleId) implements PublicationChange {
        @Override
        public Outcome<Published> decide(AccountPresence now, Instant time) {
            Presentity presentity = now.presentity(tupleId).orElseThrow(() -> gone(tupleId));
            Instant change = presentity.tuple().changesAt();
            if (change == null || change.isAfter(time)) {
                throw new Problem(Kind.CONDITION_FAILED, "It was published anew");
            }
            return new Outcome<>(now.turn(presentity, time), new Published(presentity, 0));
        }
    }

    private static Outcome<Published> published(AccountPresence next, String tupleId, long expires) {
        Presentity presentity = next.presentity(tupleId).orElseThrow();
        return new Outcome<>(next, new Published(presentity, expires));
    }

    /** The presentity, if the tag is its current one; first gone, then stale (RFC 3903 §6.1 before §6.3). */
    private static Presentity current(AccountPresence now, String tupleId, String entityTag, Instant time) {
        Presentity presentity = now.presentity(tupleId).orElseThrow(() -> gone(tupleId));
        if (!presentity.expiresAt().isAfter(time)) {
            throw gone(tupleId);
        }
        if (!entityTag.equals(ANY) && !presentity.entityTag().equals(entityTag)) {
            throw new Problem(
                    Kind.CONDITION_FAILED,
                    "The entity-tag is not the current one: something else was published since. Get the presentity, "
                            + "or log in anew");
        }
        return presentity;
    }

    private static Problem gone(String tupleId) {
        return new Problem(Kind.NOT_FOUND, "No live presentity has the tuple id " + tupleId + "; log in anew");
    }

    /** {@code If-Match: *}: whatever is there (RFC 9110 §13.1.1). */
    String ANY = "*";
}
