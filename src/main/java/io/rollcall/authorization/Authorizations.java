package io.rollcall.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.audit.Act;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.http.Answers;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Level;
import io.rollcall.policy.Question;
import io.rollcall.policy.RulesetJson;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.Changes;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.presentity.Preferred;
import io.rollcall.presentity.Presentity;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
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
    /** Rules as they will be once what time or sphere changed is stored. */
    private final Map<String, Rules> settling = new ConcurrentHashMap<>();
    private final Duration lastSeenKept;

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
        lastSeenKept = Duration.ZERO;
    }

    @Inject
    public Authorizations(
            Database database,
            Changes changes,
            Accounts accounts,
            DatabaseClock clock,
            Groups groups,
            Defaults defaults,
            @ConfigProperty(name = "rollcall.accounts.cached", defaultValue = "50000") int cached,
            @ConfigProperty(name = "rollcall.retention.last-seen", defaultValue = "P365D") Duration lastSeenKept) {
        this.database = database;
        this.changes = changes;
        this.accounts = accounts;
        this.clock = clock;
        this.groups = groups;
        this.defaults = defaults;
        this.recent = Caffeine.newBuilder().maximumSize(cached).build();
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
        Decision otherwise = defaults.decide(account.address(), watcher);
        if (!rules.isSettled(question)) {
            // not remembered: what time or sphere have brought is about to be stored, and decides already
            boolean current = account.account().rulesRevision() == rules.revision();
            return (current ? settle(account, rules) : rules).decide(question, otherwise);
        }
        Decision decision = rules.decide(question, otherwise);
        decided.put(watcher, decision);
        return decision;
    }

    /** The rules of an account as a JSON document. */
    public String document(AccountPresence account) {
        Rules rules = rules(account);
        String domain = Address.parse(account.address()).orElseThrow().domain();
        return RulesetJson.write(rules.document(), Level.of(rules.general(), domain));
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
            known = remember(
                    account.address(),
                    database.read(session -> RulesTables.load(session, account.address(), revision)));
        }
        return known;
    }

    private KnownRules remember(String account, Rules rules) {
        return recent.asMap()
                .merge(account, new KnownRules(rules), (one, other) ->
                        other.rules().revision() >= one.rules().revision() ? other : one);
    }

    /**
     * Changes an account's rules as they are stored; it acts at once, on live subscriptions too.
     *
     * @param act what is audited of it, with it
     * @throws Problem what {@code check} throws, or that others change the same rules all the time
     */
    Rules change(Address account, Check check, UnaryOperator<Edit> edit, @Nullable Act act) {
        for (int attempt = 1; ; attempt++) {
            Rules before = stored(account.toString());
            check.check(before);
            try {
                RulesChange change = new RulesChange(account.toString(), before, (now, time) -> {
                    Edit made = edit.apply(new Edit(before, moment(now, time)));
                    return made.changesAnything() ? made.rules(before.revision() + 1) : null;
                });
                return Answers.await(changes.submit(AuditLog.with(act, change)));
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

    private Moment moment(AccountPresence account, Instant time) {
        return new Moment(
                account, time, groups::includes, watcher -> defaults.decide(account.address(), watcher));
    }

    /**
     * Makes what time or sphere changed an ordinary change of the account; once for all who notice.
     *
     * @return the rules that this comes to, whether they are stored already or about to be
     */
    private Rules settle(AccountPresence account, Rules rules) {
        Rules known = settling.get(account.address());
        if (known != null && known.revision() > rules.revision()) {
            return known;
        }
        Edit edit = new Edit(rules, moment(account, turnedAt(account, rules))).settle();
        Rules next = edit.rules(rules.revision() + 1);
        if (settling.putIfAbsent(account.address(), next) == null) {
            changes.submit(new RulesChange(account.address(), rules, (now, time) -> stillSettled(now, next)))
                    .whenComplete((stored, refused) -> {
                        if (stored != null) {
                            remember(account.address(), stored);
                        }
                        settling.remove(account.address(), next);
                    });
        }
        return next;
    }

    /** @throws Problem if the sphere is another one again */
    private static Rules stillSettled(AccountPresence now, Rules next) {
        if (next.general().asksForSphere() && !Objects.equals(Spheres.of(now), next.sphere())) {
            throw new Problem(Kind.CONDITION_FAILED, "The sphere is another one again");
        }
        return next;
    }

    /** Settles an account whose time has come; not to be waited for. */
    CompletableFuture<?> settle(AccountPresence account) {
        Rules rules = rules(account);
        if (!rules.isSettled(new Question(null, clock.now(), Spheres.of(account), groups::includes))) {
            settle(account, rules);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** When it was that time or sphere changed something: the same for all who notice. */
    private Instant turnedAt(AccountPresence account, Rules rules) {
        Instant boundary = rules.general().nextBoundary(rules.asOf());
        if (!boundary.isAfter(clock.now())) {
            return boundary;
        }
        Instant latest = rules.asOf();
        for (Presentity presentity : account.presentities()) {
            Instant changed = presentity.tuple().changedAt();
            latest = changed.isAfter(latest) ? changed : latest;
        }
        return latest;
    }

    /**
     * Makes what the directory changed for some an ordinary change of an account whose rules ask for groups. That it did is
     * stored with it, so that of several nodes that notice the change one makes it.
     */
    CompletableFuture<?> follow(AccountPresence account, Set<Address> moved) {
        Rules rules = rules(account);
        String directory = groups.digest();
        // looked at after the rules were read: if another node is faster from now on, the change is refused
        if (database.read(session -> RulesTables.hasFollowed(session, account.address(), directory))) {
            return CompletableFuture.completedFuture(null);
        }
        RulesChange change = new RulesChange(account.address(), rules, (now, time) -> {
            Edit edit = new Edit(rules, moment(now, time)).settle(moved, groups::included);
            return edit.changesAnything() ? edit.rules(rules.revision() + 1) : null;
        });
        return changes.submit(
                change.with(time -> session -> RulesTables.follow(session, account.address(), directory)));
    }

    Groups groups() {
        return groups;
    }
}
