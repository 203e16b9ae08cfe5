package io.rollcall.authorization;

import io.rollcall.directory.Groups;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.recurring.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells watchers when a rule begins or ends to hold without anybody's doing: a validity's boundary passes (RFC 4745
 * §7.4), or somebody joins or leaves a group. That is a change of the account like any other; of several nodes that
 * notice, one makes it.
 */
@ApplicationScoped
class RulesSweep {
    private static final Logger LOG = Logger.getLogger(RulesSweep.class.getName());
    private static final int AT_ONCE = 1000;

    @Inject
    private RulesChanges changes;

    @Inject
    private Accounts accounts;

    @Inject
    private Groups groups;

    @Inject
    private Database database;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Sweeps sweeps;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps.every(Duration.ofSeconds(1), this::sweep);
        groups.onChange(moved -> settleAll(
                database.read(RulesTables::askingForGroups), account -> changes.follow(account, moved)));
    }

    private void sweep() {
        settleAll(database.read(session -> RulesTables.due(session, clock.now(), AT_ONCE)), changes::settle);
    }

    private void settleAll(List<String> addresses, Function<AccountPresence, CompletableFuture<?>> settle) {
        for (int start = 0; start < addresses.size(); start += AT_ONCE) {
            List<String> some = addresses.subList(start, Math.min(start + AT_ONCE, addresses.size()));
            CompletableFuture<?>[] settled = some.stream()
                    .map(account -> settle(account, settle))
                    .toArray(CompletableFuture[]::new);
            // one that another node was faster with is refused: that is no failure
            CompletableFuture.allOf(settled).exceptionally(refused -> null).join();
        }
    }

    /** One account that fails does not keep the others from their turn. */
    private CompletableFuture<?> settle(String account, Function<AccountPresence, CompletableFuture<?>> settle) {
        try {
            return settle.apply(accounts.find(account));
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "The rules of " + account + " could not be followed", failure);
            return CompletableFuture.completedFuture(null);
        }
    }
}
