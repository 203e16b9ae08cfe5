package io.rollcall.authorization;

import io.rollcall.directory.Groups;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

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
    private Authorizations authorizations;

    @Inject
    private Accounts accounts;

    @Inject
    private Groups groups;

    @Inject
    private Database database;

    @Inject
    private DatabaseClock clock;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private @Nullable ScheduledFuture<?> sweeps;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps = scheduler.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
        groups.onChange(moved -> settleAll(database.read(RulesTables::askingForGroups), true));
    }

    @PreDestroy
    void stop() {
        if (sweeps != null) {
            sweeps.cancel(false);
        }
    }

    private void sweep() {
        try {
            settleAll(database.read(session -> RulesTables.due(session, clock.now(), AT_ONCE)), false);
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "Looking for rules whose time has come failed; the next look is in a second", failure);
        }
    }

    private void settleAll(List<String> addresses, boolean groupsMoved) {
        for (int start = 0; start < addresses.size(); start += AT_ONCE) {
            List<String> some = addresses.subList(start, Math.min(start + AT_ONCE, addresses.size()));
            CompletableFuture<?>[] settled = some.stream()
                    .map(account -> settle(account, groupsMoved))
                    .toArray(CompletableFuture[]::new);
            // one that another node was faster with is refused: that is no failure
            CompletableFuture.allOf(settled).exceptionally(refused -> null).join();
        }
    }

    /** One account that fails does not keep the others from their turn. */
    private CompletableFuture<?> settle(String account, boolean groupsMoved) {
        try {
            return authorizations.settle(accounts.find(account), groupsMoved);
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "The rules of " + account + " could not be followed", failure);
            return CompletableFuture.completedFuture(null);
        }
    }
}
