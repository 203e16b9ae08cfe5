package io.rollcall.authorization;

import io.rollcall.policy.Handling;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Changes;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.Preferred;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The owners' decisions, and what follows from them for each watcher. */
@ApplicationScoped
public class Authorizations {
    private static final Logger LOG = Logger.getLogger(Authorizations.class.getName());

    private final Database database;
    private final Changes changes;
    private final Decision inside;
    private final Decision outside;
    private final Cache<String, Rules> recent;

    /** The decisions of one account as of a revision of its rules. */
    private record Rules(long revision, Map<String, Decision> byWatcher) {}

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Authorizations() {
        database = null;
        changes = null;
        inside = null;
        outside = null;
        recent = null;
    }

    @Inject
    public Authorizations(
            Database database,
            Changes changes,
            @ConfigProperty(name = "rollcall.authorization.default", defaultValue = "allow") String inside,
            @ConfigProperty(name = "rollcall.authorization.default.outside", defaultValue = "confirm") String outside,
            @ConfigProperty(name = "rollcall.accounts.cached", defaultValue = "50000") int cached) {
        this.database = database;
        this.changes = changes;
        this.inside = new Decision(Handling.named(inside), "default");
        this.outside = new Decision(Handling.named(outside), "default");
        this.recent = Caffeine.newBuilder().maximumSize(cached).build();
    }

    /** Decides what a watcher may see of an account; the one function for every path. */
    public Decision decide(AccountPresence account, Caller watcher) {
        if (watcher.admin()) {
            return new Decision(Handling.ALLOW, "admin");
        }
        return decide(account, watcher.account());
    }

    /** Decides what the watcher of that address may see, its roles aside. */
    public Decision decide(AccountPresence account, Address watcher) {
        if (watcher.toString().equals(account.address())) {
            return new Decision(Handling.ALLOW, "owner");
        }
        Decision decision = byRules(account, watcher);
        Preferred preferred = account.account().preferred();
        if (preferred == null || decision.handling() != Handling.ALLOW) {
            return decision;
        }
        // outside of what is cached: the owner's word changes without the rules
        Preferred.Hidden hidden = preferred.hiddenFrom(watcher);
        return hidden == null
                ? decision
                : new Decision(Handling.POLITE_BLOCK, "invisible", hidden.version(), hidden.lastSeen());
    }

    private Decision byRules(AccountPresence account, Address watcher) {
        String name = watcher.toString();
        Decision decision = decisions(account).get(name);
        if (decision != null) {
            return decision;
        }
        return account.address().endsWith('@' + watcher.domain()) ? inside : outside;
    }

    /** The owner's own decisions, by watcher. */
    public Map<String, Decision> decisions(AccountPresence account) {
        long revision = account.account().rulesRevision();
        if (revision == 0) {
            return Map.of();
        }
        Rules known = recent.getIfPresent(account.address());
        if (known == null || known.revision != revision) {
            // read after the account was: never older than the revision it is kept under
            known = new Rules(revision, load(account.address()));
            recent.put(account.address(), known);
        }
        return known.byWatcher;
    }

    private Map<String, Decision> load(String address) {
        Map<String, Decision> byWatcher = new TreeMap<>();
        database.read(session -> session.createSelectionQuery(
                                "from WatcherAuthorization where account = :account", WatcherAuthorization.class)
                        .setParameter("account", address)
                        .getResultList())
                .forEach(row -> byWatcher.put(row.watcher(), row.decision()));
        return byWatcher;
    }

    /** Stores the owner's decision on one watcher; it acts at once, on live subscriptions too. */
    public CompletableFuture<Decision> allow(Address account, Address watcher, Handling handling, Caller by) {
        LOG.info(() -> by.account() + " decides for " + account + ": " + handling.word() + " " + watcher);
        return changes.submit(new RuleChange(account.toString(), watcher.toString(), handling));
    }

    /** Takes the owner's decision on one watcher back: what is configured holds again. */
    public CompletableFuture<@Nullable Decision> forget(Address account, Address watcher, Caller by) {
        LOG.info(() -> by.account() + " takes back the decision for " + account + " on " + watcher);
        return changes.submit(new RuleChange(account.toString(), watcher.toString(), null));
    }
}
