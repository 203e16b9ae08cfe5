package io.rollcall.authorization;

import io.rollcall.audit.Act;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.http.Answers;
import io.rollcall.policy.Question;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.Changes;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.presentity.Presentity;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How rules change: by their owner, and by themselves when a time comes, the sphere is another one, or somebody joins or
 * leaves a group. Each is a change of the account like any other.
 */
@ApplicationScoped
class RulesChanges {
    private static final int ATTEMPTS = 10;

    @Inject
    private Database database;

    @Inject
    private Changes changes;

    @Inject
    private Accounts accounts;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Groups groups;

    @Inject
    private Defaults defaults;

    @Inject
    private RecentRules recent;

    /** Rules as they will be once what time or sphere changed is stored. */
    private final Map<String, Rules> settling = new ConcurrentHashMap<>();

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
    Rules settle(AccountPresence account, Rules rules) {
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
                            recent.remember(account.address(), stored);
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
        Rules rules = recent.rules(account);
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
        Rules rules = recent.rules(account);
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
}
