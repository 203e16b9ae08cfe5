package io.rollcall.authorization;

import io.rollcall.policy.Handling;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Change;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision on one watcher. It is a change like any other: it raises the account's version and is announced.
 *
 * @param handling null takes the decision back
 */
record RuleChange(String address, String watcher, @Nullable Handling handling) implements Change<@Nullable Decision> {

    @Override
    public Outcome<@Nullable Decision> decide(AccountPresence now, Instant time) {
        AccountPresence next = now.rulesChanged();
        if (handling == null) {
            return new Outcome<>(next, null, session -> session.createMutationQuery(
                            "delete WatcherAuthorization where account = :account and watcher = :watcher")
                    .setParameter("account", address)
                    .setParameter("watcher", watcher)
                    .executeUpdate());
        }
        boolean live = !now.presentities().isEmpty();
        Long lastSeen = live ? Long.valueOf(time.toEpochMilli()) : now.account().lastSeen();
        WatcherAuthorization row = new WatcherAuthorization(
                address, watcher, handling, next.version(), lastSeen, time.toEpochMilli());
        return new Outcome<>(next, row.decision(), session -> session.upsert(row));
    }
}
