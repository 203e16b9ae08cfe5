package io.rollcall.authorization;

import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Level;
import io.rollcall.policy.Question;
import io.rollcall.policy.RulesetJson;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.presentity.Preferred;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What follows from the owners' rules for each watcher. */
@ApplicationScoped
public class Authorizations {
    private final RecentRules recent;
    private final RulesChanges changes;
    private final DatabaseClock clock;
    private final Groups groups;
    private final Defaults defaults;
    private final Duration lastSeenKept;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Authorizations() {
        recent = null;
        changes = null;
        clock = null;
        groups = null;
        defaults = null;
        lastSeenKept = Duration.ZERO;
    }

    @Inject
    Authorizations(
            RecentRules recent,
            RulesChanges changes,
            DatabaseClock clock,
            Groups groups,
            Defaults defaults,
            @ConfigProperty(name = "rollcall.retention.last-seen", defaultValue = "P365D") Duration lastSeenKept) {
        this.recent = recent;
        this.changes = changes;
        this.clock = clock;
        this.groups = groups;
        this.defaults = defaults;
        this.lastSeenKept = lastSeenKept;
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
        Decision decision = withWord(account, watcher, byRules(account, watcher));
        return decision.handling() != Handling.POLITE_BLOCK || decision.mark().lastSeen() == null
                ? decision
                : decision.forgetting(clock.now().minus(lastSeenKept).toEpochMilli());
    }

    /** What is left of a decision by the owner's word; outside of what is cached, for that changes without the rules. */
    static Decision withWord(AccountPresence account, Address watcher, Decision decision) {
        Preferred preferred = account.account().preferred();
        if (preferred == null || decision.handling() != Handling.ALLOW) {
            return decision;
        }
        Preferred.Hidden hidden = preferred.hiddenFrom(watcher);
        return hidden == null ? decision : decision.hidden(hidden);
    }

    private Decision byRules(AccountPresence account, Address watcher) {
        if (account.account().rulesRevision() == 0) {
            return defaults.decide(account.address(), watcher);
        }
        KnownRules known = recent.of(account);
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
        Decision otherwise = defaults.decide(account.address(), watcher);
        if (!rules.isSettled(question)) {
            // not remembered: what time or sphere have brought is about to be stored, and decides already
            boolean current = account.account().rulesRevision() == rules.revision();
            return (current ? changes.settle(account, rules) : rules).decide(question, otherwise);
        }
        Decision decision = rules.decide(question, otherwise);
        decided.put(watcher, decision);
        return decision;
    }

    /** The rules of an account as a JSON document. */
    public String document(AccountPresence account) {
        Rules rules = recent.rules(account);
        String domain = Address.parse(account.address()).orElseThrow().domain();
        return RulesetJson.write(rules.document(), Level.of(rules.general(), domain));
    }
}
