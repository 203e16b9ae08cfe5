package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.policy.Question;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Preferred;
import io.rollcall.presentity.Presentity;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An account as a change of its rules finds it, and what else decides then.
 *
 * @param groups whether a group of the directory includes somebody
 * @param otherwise what holds for a watcher whom no rule is about
 */
record Moment(
        AccountPresence account,
        Instant time,
        BiPredicate<String, Address> groups,
        Function<Address, Decision> otherwise) {

    /** The account's version that the change makes. */
    long version() {
        return account.version() + 1;
    }

    Moment at(Instant otherTime) {
        return new Moment(account, otherTime, groups, otherwise);
    }

    @Nullable String sphere() {
        return Spheres.of(account);
    }

    Question question(Address watcher) {
        return new Question(watcher, time, sphere(), groups);
    }

    /** To whom the account's owner appears offline by its own word. */
    List<Preferred.Hidden> hidden() {
        Preferred preferred = account.account().preferred();
        return preferred == null ? List.of() : preferred.hidden();
    }

    /** What one sees who saw the account up to now: it went offline, if it was not. */
    Mark gone() {
        return account.isLive() ? new Mark(version(), time.toEpochMilli()) : new Mark(version(), account.lastSeen());
    }

    /**
     * What one sees who never saw the account: what it was when it was last offline. Nothing in it tells whether it is
     * now: while one is live, that is the end of the time online before this one.
     */
    Mark before() {
        long login = Long.MAX_VALUE;
        for (Presentity presentity : account.presentities()) {
            login = Math.min(login, presentity.loginVersion());
        }
        return account.isLive() ? new Mark(login, account.account().lastSeen()) : gone();
    }
}
