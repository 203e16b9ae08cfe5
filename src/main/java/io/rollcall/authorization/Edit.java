package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.policy.PolicyLimits;
import io.rollcall.policy.Question;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import io.rollcall.presentity.Preferred;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A change of an account's rules, as it comes to be: what each of its verbs makes of the rules before, and what that means
 * for those who are blocked politely. Whoever could see the account goes on seeing it as if its owner had left when that
 * ended, whatever becomes of its wish then; who never could must not see anything that depends on what is true.
 */
final class Edit {
    /** Of more than so many whom nothing is decided on any more, no list is kept. */
    private static final int MOST_TAKEN_BACK = PolicyLimits.RULES;

    private final Rules before;
    private final Moment now;

    private Ruleset general;
    private final Map<Address, Single> singles;
    private Mark floor;
    private boolean byOwner = true;
    private boolean made;

    /** @param now when it is made; what time has changed until then came before it */
    Edit(Rules before, Moment now) {
        this(before, now, before.general().nextBoundary(before.asOf()));
    }

    private Edit(Rules rules, Moment now, Instant boundary) {
        this.before = boundary.isBefore(now.time())
                ? new Edit(rules, now.at(boundary)).settle().rules(rules.revision())
                : rules;
        this.now = now;
        this.general = before.general();
        this.singles = new HashMap<>(before.singles());
        this.floor = before.history().floor();
    }

    /** Whether it changes anything, be it that what is seen by the same rules is another one from now on. */
    boolean changesAnything() {
        return made;
    }

    /** The rules after it. */
    Rules rules(long revision) {
        forgetSome();
        Rules after = new Rules(
                revision,
                byOwner ? revision : before.edited(),
                general,
                singles,
                before.history(),
                now.time(),
                now.sphere());
        Ruleset ended = before.open();
        boolean same = ended.equals(after.open());
        History history = same ? before.history() : before.history().next(ended, now);
        return after.with(history.withFloor(floor));
    }

    /** Decides on one watcher. */
    Edit decide(Address watcher, Rule rule) {
        Single known = singles.get(watcher);
        if (known == null || !rule.equals(known.rule())) {
            Mark seen = seen(watcher, now.groups());
            boolean first = seen.equals(Mark.NONE) && rule.handling().compareTo(Handling.POLITE_BLOCK) >= 0;
            put(watcher, new Single(rule, first ? now.before() : seen, now.version()));
        }
        return this;
    }

    /** Takes the decision on one watcher back, if there is one; what it may have seen stays known. */
    Edit forget(Address watcher) {
        if (before.decides(watcher)) {
            put(watcher, new Single(null, seen(watcher, now.groups()), now.version()));
        }
        return this;
    }

    private void put(Address watcher, Single single) {
        singles.put(watcher, single);
        made = true;
    }

    /** Replaces the general rules; decisions on single watchers stay. */
    Edit replace(Ruleset next) {
        general = next;
        made = true;
        return this;
    }

    /** Replaces everything. */
    Edit replaceAll(Split document) {
        replace(document.general());
        List.copyOf(singles.keySet()).stream()
                .filter(watcher -> !document.decided().containsKey(watcher))
                .forEach(this::forget);
        document.decided().forEach(this::decide);
        return this;
    }

    /**
     * Follows what time and sphere changed without the owner.
     *
     * @throws Problem if there is nothing to follow: somebody else was faster
     */
    Edit settle() {
        if (before.isSettled(question(null, now.groups()))) {
            throw new Problem(Kind.CONDITION_FAILED, "It is settled already");
        }
        byOwner = false;
        made = true;
        return this;
    }

    /**
     * Follows what the directory changed: for whom rules hold now, or held before, by the groups that they are in.
     *
     * @param moved who joined or left any group
     * @param until who was in which group until then
     */
    Edit settle(Iterable<Address> moved, BiPredicate<String, Address> until) {
        byOwner = false;
        for (Address watcher : moved) {
            if (!before.decides(watcher)) {
                Decision was = before.decide(question(watcher, until), now.otherwise().apply(watcher));
                Decision is = before.decide(now.question(watcher), now.otherwise().apply(watcher));
                // by the groups that it is in now, what was kept of it before would be somebody else's
                if (was.handling() != is.handling() || !was.mark().equals(is.mark())) {
                    put(watcher, new Single(null, seen(watcher, until), now.version()));
                }
                made |= !was.provision().equals(is.provision());
            }
        }
        return this;
    }

    private Question question(@Nullable Address watcher, BiPredicate<String, Address> groups) {
        return new Question(watcher, now.time(), now.sphere(), groups);
    }

    /** What a watcher goes on seeing who, from now on, does not see what it does now. */
    private Mark seen(Address watcher, BiPredicate<String, Address> groups) {
        Decision decision = before.decide(question(watcher, groups), now.otherwise().apply(watcher));
        if (decision.handling() != Handling.ALLOW) {
            return decision.mark();
        }
        Preferred.Hidden hidden = Preferred.first(now.hidden(), watcher.toString());
        return hidden == null ? now.gone().shownBy(decision.provision()) : decision.hidden(hidden).mark();
    }

    /** Those taken back longest ago go; nobody sees an older account than any of them did. */
    private void forgetSome() {
        List<Map.Entry<Address, Single>> takenBack = singles.entrySet().stream()
                .filter(entry -> entry.getValue().rule() == null)
                .sorted(Comparator.comparingLong(entry -> entry.getValue().since()))
                .toList();
        for (Map.Entry<Address, Single> entry : takenBack.subList(0, Math.max(0, takenBack.size() - MOST_TAKEN_BACK))) {
            floor = floor.orLater(entry.getValue().mark());
            singles.remove(entry.getKey());
        }
    }
}
