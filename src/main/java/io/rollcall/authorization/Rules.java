package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Permissions;
import io.rollcall.policy.Provision;
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
 * @param history what the general rules were before
 * @param asOf the time that the general rules were last looked at for what it opens
 * @param sphere the account's sphere at that time
 */
record Rules(
        long revision,
        long edited,
        Ruleset general,
        Map<Address, Single> singles,
        History history,
        Instant asOf,
        @Nullable String sphere) {

    Rules {
        singles = Map.copyOf(singles);
    }

    static Rules none(long revision) {
        return of(revision, Map.of());
    }

    /** No general rules; decisions on single watchers may be older than these. */
    static Rules of(long revision, Map<Address, Single> singles) {
        long edited = singles.isEmpty() ? 0 : revision;
        return new Rules(revision, edited, Ruleset.EMPTY, singles, History.EMPTY, Instant.EPOCH, null);
    }

    /** Those that nobody can read: nobody is shown anything by them. */
    static Rules unreadable(long revision) {
        Rule none = new Rule("unreadable", List.of(), Handling.BLOCK, Provision.NOTHING);
        return new Rules(
                revision, revision, new Ruleset(List.of(none)), Map.of(), History.EMPTY, Instant.EPOCH, null);
    }

    Rules with(Map<Address, Single> otherSingles) {
        return new Rules(revision, edited, general, otherSingles, history, asOf, sphere);
    }

    Rules with(History otherHistory) {
        return new Rules(revision, edited, general, singles, otherHistory, asOf, sphere);
    }

    /** Whether what conditions look at, the watcher aside, is still what these rules were looked at for. */
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
        Decision decision = applying.isEmpty() ? otherwise : decision(applying);
        return decision.with(
                history.mark(question, decision.handling(), otherwise, single),
                Math.max(history.from(), single == null ? 0 : single.since()));
    }

    private static Decision decision(List<Rule> applying) {
        Permissions permissions = Permissions.of(applying);
        return new Decision(
                permissions.handling(),
                permissions.provision(),
                "rules",
                applying.stream().map(Rule::id).sorted().toList(),
                Mark.NONE,
                0);
    }

    /** Whether anything of them, or of what they once were, depends on groups of the directory. */
    boolean asksForGroups() {
        return general.asksForGroups() || history.asksForGroups();
    }

    /** The general rules that time and sphere had opened when they were last looked at for that. */
    Ruleset open() {
        return Past.reduced(general, new Question(null, asOf, sphere, (group, watcher) -> false));
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
        Set<String> ids = new HashSet<>();
        general.rules().forEach(rule -> ids.add(rule.id()));
        Map<String, Address> watchers = new TreeMap<>();
        singles.keySet().stream().filter(this::decides).forEach(watcher -> watchers.put(watcher.toString(), watcher));
        List<Rule> all = new ArrayList<>(general.without(watchers.values()).rules());
        for (Address watcher : watchers.values()) {
            Single single = singles.get(watcher);
            Rule rule = single == null ? null : single.rule();
            if (rule != null) {
                all.add(ids.add(rule.id()) ? rule : rule.named(rule.id() + '-' + ids.size()));
            }
        }
        return new Ruleset(all);
    }
}
