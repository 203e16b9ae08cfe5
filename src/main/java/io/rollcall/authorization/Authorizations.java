package io.rollcall.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.http.Answers;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Question;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.Changes;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.presentity.Preferred;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The owners' rules, and what follows from them for each watcher. */
@ApplicationScoped
public class Authorizations {
    private static final int ATTEMPTS = 10;

    private final Database database;
    private final Changes changes;
    private final Accounts accounts;
    private final DatabaseClock clock;
    private final Groups groups;
    private final Defaults defaults;
    private final Cache<String, KnownRules> recent;
    private final Set<String> settling = ConcurrentHashMap.newKeySet();

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Authorizations() {
        database = null;
        changes = null;
        accounts = null;
        clock = null;
        groups = null;
        defaults = null;
        recent = null;
    }

    @Inject
    public Authorizations(
            Database database,
            Changes changes,
            Accounts accounts,
            DatabaseClock clock,
            Groups groups,
            Defaults defaults,
            @ConfigProperty(name = "rollcall.accounts.cached", defaultValue = "50000") int cached) {
        this.database = database;
        this.changes = changes;
        this.accounts = accounts;
        this.clock = clock;
        this.groups = groups;
        this.defaults = defaults;
        this.recent = Caffeine.newBuilder().maximumSize(cached).build();
    }

    /** Decides what a watcher may see of an account; the one function for every path. */
    public Decision decide(AccountPresence account, Caller watcher) {
        return watcher.admin() ? Decision.ADMIN : decide(account, watcher.account());
    }

    /** Decides what the watcher of that address may see, its roles aside. */
    public Decision decide(AccountPresence account, Address watcher) {
        if (watcher.is(account.address())) {
            return Decision.OWNER;
        }
        Decision decision = byRules(account, watcher);
        Preferred preferred = account.account().preferred();
        if (preferred == null || decision.handling() != Handling.ALLOW) {
            return decision;
        }
        // outside of what is cached: the owner's word changes without the rules
        Preferred.Hidden hidden = preferred.hiddenFrom(watcher);
        return hidden == null ? decision : Decision.invisible(new Mark(hidden.version(), hidden.lastSeen()));
    }

    private Decision byRules(AccountPresence account, Address watcher) {
        if (account.account().rulesRevision() == 0) {
            return defaults.decide(account.address(), watcher);
        }
        KnownRules known = known(account);
        Instant time = known.time(clock::now);
        String sphere = known.asksForSphere() ? Spheres.of(account) : null;
        Map<Address, Decision> decided =
                known.decided(sphere, time, known.asksForGroups() ? groups.revision() : 0);
        Decision decision = decided.get(watcher);
        return decision != null ? decision : decide(account, watcher, known, time, sphere, decided);
    }

    private Decision decide(
            AccountPresence account,
            Address watcher,
            KnownRules known,
            Instant time,
            @Nullable String sphere,
            Map<Address, Decision> decided) {
        Rules rules = known.rules();
        Question question = new Question(watcher, time, sphere, groups::includes);
        Decision decision = rules.decide(question, defaults.decide(account.address(), watcher));
        if (!rules.isSettled(question)) {
            // not remembered: until that is stored, a watcher must not see less than it may have seen; one that sees
            // the account now has it stored as well, or what it saw would be forgotten once all is as it was before
            settle(account, false);
            return decision.handling() == Handling.POLITE_BLOCK
                    ? decision.with(decision.mark().orLater(Mark.present(account)))
                    : decision;
        }
        decided.put(watcher, decision);
        return decision;
    }

    /** The rules of an account, at least as new as the account. */
    Rules rules(AccountPresence account) {
        return account.account().rulesRevision() == 0 ? Rules.none(0) : known(account).rules();
    }

    private KnownRules known(AccountPresence account) {
        long revision = account.account().rulesRevision();
        KnownRules known = recent.getIfPresent(account.address());
        if (known == null || known.rules().revision() < revision) {
            // read after the account was, so never older; what another thread read meanwhile may be newer
            KnownRules read = new KnownRules(
                    database.read(session -> RulesTables.load(session, account.address(), revision)));
            known = recent.asMap()
                    .merge(account.address(), read, (one, other) ->
                            other.rules().revision() >= one.rules().revision() ? other : one);
        }
        return known;
    }

    /**
     * Changes an account's rules as they are stored; it acts at once, on live subscriptions too.
     *
     * @throws Problem what {@code check} throws, or that others change the same rules all the time
     */
    Rules change(Address account, Check check, UnaryOperator<Edit> edit) {
        for (int attempt = 1; ; attempt++) {
            Rules before = stored(account.toString());
            check.check(before);
            try {
                return Answers.await(
                        changes.submit(new RulesChange(account.toString(), before, edit)));
            } catch (Problem race) {
                if (race.kind() != Kind.CONDITION_FAILED || attempt == ATTEMPTS) {
                    throw race;
                }
            }
        }
    }

    private Rules stored(String account) {
        AccountPresence now = accounts.findStored(account);
        long revision = now.account().rulesRevision();
        return database.read(session -> RulesTables.load(session, account, revision));
    }

    /** Looks at rules before they are changed. */
    interface Check {
        /** @throws Problem if they must not be */
        void check(Rules stored);
    }

    /** Makes what time, sphere or groups changed an ordinary change of the account; once for all who notice. */
    CompletableFuture<?> settle(AccountPresence account, boolean groupsMoved) {
        Rules rules = rules(account);
        if (!settling.add(account.address())) {
            return CompletableFuture.completedFuture(null);
        }
        return changes.submit(new RulesChange(account.address(), rules, edit -> edit.settle(groupsMoved)))
                .whenComplete((stored, refused) -> settling.remove(account.address()));
    }

    Groups groups() {
        return groups;
    }
}
