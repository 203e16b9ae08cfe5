package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.policy.Permissions;
import io.rollcall.policy.Question;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An account's rules as of a revision, and what those go on seeing whom they block politely. Never changed; an
 * {@link Edit} gives the next ones.
 *
 * @param revision the account's rules revision that they are from
 * @param edited the one that the latest change by the owner made; 0 where there never was one
 * @param general the rules, but for those about one watcher alone
 * @param singles decisions on one watcher each; they go before the general rules, which leave these watchers out
 * @param marks by the ids of general rules that block politely: the account as it was when each came to apply
 * @param floor the account as it was when some whom nobody can list lost an allowing rule; nobody sees an older one
 * @param asOf the time that the marks were made under
 * @param sphere the account's sphere that the marks were made under
 */
record Rules(
        long revision,
        long edited,
        Ruleset general,
        Map<Address, Single> singles,
        Map<String, Mark> marks,
        Mark floor,
        Instant asOf,
        @Nullable String sphere) {

    Rules {
        singles = Map.copyOf(singles);
        marks = Map.copyOf(marks);
    }

    static Rules none(long revision) {
        return of(revision, Map.of());
    }

    /** No general rules; decisions on single watchers may be older than these. */
    static Rules of(long revision, Map<Address, Single> singles) {
        long edited = singles.isEmpty() ? 0 : revision;
        return new Rules(revision, edited, Ruleset.EMPTY, singles, Map.of(), Mark.NONE, Instant.EPOCH, null);
    }

    Rules with(Map<Address, Single> otherSingles) {
        return new Rules(revision, edited, general, otherSingles, marks, floor, asOf, sphere);
    }

    /** Whether what conditions look at, the watcher aside, is still what the marks were made under. */
    boolean isSettled(Question question) {
        return general.nextBoundary(asOf).isAfter(question.time())
                && (!general.asksForSphere() || Objects.equals(sphere, question.sphere()));
    }

    /**
     * What these rules decide.
     *
     * @param otherwise what holds where none applies
     */
    Decision decide(Question question, Decision otherwise) {
        Single single = singles.get(question.watcher());
        if (single != null && single.rule() != null) {
            return single.decision(single.rule());
        }
        List<Rule> applying = general.applying(question);
        Mark taken = single == null ? Mark.NONE : single.mark();
        if (applying.isEmpty()) {
            return otherwise.with(floor.orLater(taken));
        }
        Permissions permissions = Permissions.of(applying);
        return new Decision(
                permissions.handling(),
                permissions.provision(),
                "rules",
                applying.stream().map(Rule::id).sorted().toList(),
                mark(applying).orLater(floor).orLater(taken));
    }

    private Mark mark(List<Rule> applying) {
        Mark earliest = null;
        for (Rule rule : applying) {
            Mark mark = marks.get(rule.id());
            if (mark != null) {
                earliest = earliest == null ? mark : earliest.orEarlier(mark);
            }
        }
        return earliest == null ? Mark.NONE : earliest;
    }

    /** Whether the owner has decided on that watcher by itself. */
    boolean decides(Address watcher) {
        Single single = singles.get(watcher);
        return single != null && single.rule() != null;
    }

    /** How many watchers the owner has decided on one by one. */
    long decided() {
        return singles.values().stream().filter(single -> single.rule() != null).count();
    }

    /** The rules as RFC 4745 combines them: what is decided for one watcher is an exception from all others. */
    Ruleset document() {
        Ruleset rest = general;
        List<Rule> decided = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        general.rules().forEach(rule -> ids.add(rule.id()));
        Map<String, Address> watchers = new TreeMap<>();
        singles.keySet().forEach(watcher -> watchers.put(watcher.toString(), watcher));
        for (Address watcher : watchers.values()) {
            Single single = singles.get(watcher);
            Rule rule = single == null ? null : single.rule();
            if (rule != null) {
                rest = rest.without(watcher);
                decided.add(ids.add(rule.id()) ? rule : rule.named(rule.id() + '-' + ids.size()));
            }
        }
        List<Rule> all = new ArrayList<>(rest.rules());
        all.addAll(decided);
        return new Ruleset(all);
    }
}
