package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.policy.PolicyLimits;
import io.rollcall.policy.Question;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of an account's rules, as it comes to be: what each of its verbs takes from the rules before, and what that
 * means for those who are blocked politely. Whoever may have seen the account must not see an older one of it, and whom
 * a change does not concern must not see that there was one.
 */
final class Edit {
    /** Of more than so many whom nothing is decided on any more, no list is kept. */
    private static final int MOST_TAKEN_BACK = PolicyLimits.RULES;

    private final Rules before;
    private final Mark now;
    private final Instant time;
    private final @Nullable String sphere;

    private Ruleset general;
    private final Map<Address, Single> singles;
    private final Map<String, Mark> marks;
    private Mark floor;
    private boolean byOwner = true;

    /** @param now the account as it is at this change */
    Edit(Rules before, Mark now, Instant time, @Nullable String sphere) {
        this.before = before;
        this.now = now;
        this.time = time;
        this.sphere = sphere;
        this.general = before.general();
        this.singles = new HashMap<>(before.singles());
        this.marks = new HashMap<>(before.marks());
        this.floor = before.floor();
        follow();
    }

    /** The rules after it. */
    Rules rules(long revision) {
        if (singles.values().stream().filter(single -> single.rule() == null).count() > MOST_TAKEN_BACK) {
            singles.values().removeIf(single -> single.rule() == null);
            floor = now;
        }
        return new Rules(
                revision, byOwner ? revision : before.edited(), general, singles, marks, floor, time, sphere);
    }

    /** Decides on one watcher. */
    Edit decide(Address watcher, Rule rule) {
        Single known = singles.get(watcher);
        boolean stillHidden = known != null
                && known.rule() != null
                && known.rule().handling() == Handling.POLITE_BLOCK
                && rule.handling() == Handling.POLITE_BLOCK;
        singles.put(watcher, new Single(rule, stillHidden ? known.mark() : now));
        return this;
    }

    /** Takes the decision on one watcher back; what it may have seen stays known. */
    Edit forget(Address watcher) {
        Single known = singles.get(watcher);
        if (known != null && known.rule() != null) {
            singles.put(
                    watcher, new Single(null, known.rule().handling() == Handling.ALLOW ? now : known.mark()));
        }
        return this;
    }

    /** Replaces the general rules; decisions on single watchers stay. */
    Edit replace(Ruleset next) {
        Map<String, Mark> kept = new HashMap<>();
        for (Rule rule : next.rules()) {
            if (rule.handling() == Handling.POLITE_BLOCK) {
                kept.put(rule.id(), known(rule));
            }
        }
        for (Rule rule : general.rules()) {
            boolean stays = next.rules().stream().anyMatch(rule::handlesLike);
            if (rule.handling() == Handling.ALLOW && !stays) {
                lost(rule);
            }
        }
        marks.clear();
        marks.putAll(kept);
        general = next;
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
     * Follows what changed without the owner: time, sphere, groups.
     *
     * @throws Problem if there is nothing to follow: somebody else was faster
     */
    Edit settle(boolean groupsMoved) {
        if (!groupsMoved && before.isSettled(question(time, sphere))) {
            throw new Problem(Kind.CONDITION_FAILED, "It is settled already");
        }
        byOwner = false;
        if (groupsMoved && general.asksForGroups()) {
            floor = now;
        }
        return this;
    }

    /** What time and sphere have opened and closed since the rules before were made. */
    private void follow() {
        Question then = question(before.asOf(), before.sphere());
        Question today = question(time, sphere);
        for (Rule rule : before.general().rules()) {
            boolean was = rule.isOpen(then);
            boolean is = rule.isOpen(today);
            if (rule.handling() == Handling.ALLOW && was && !is) {
                lost(rule);
            } else if (rule.handling() == Handling.POLITE_BLOCK && !was && is) {
                marks.put(rule.id(), now);
            }
        }
    }

    private static Question question(Instant time, @Nullable String sphere) {
        return new Question(null, time, sphere, (group, watcher) -> false);
    }

    private Mark known(Rule rule) {
        for (Rule old : general.rules()) {
            Mark mark = marks.get(old.id());
            if (mark != null && old.handlesLike(rule)) {
                return mark;
            }
        }
        return now;
    }

    /** A rule allows no longer: those it names are remembered by name, of others nobody can tell who they are. */
    private void lost(Rule rule) {
        List<Address> watchers = rule.watchers();
        if (watchers == null) {
            floor = now;
            return;
        }
        for (Address watcher : watchers) {
            Single known = singles.get(watcher);
            if (known == null || known.rule() == null) {
                singles.put(watcher, new Single(null, now));
            }
        }
    }
}
