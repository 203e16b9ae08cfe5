package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document of rules as it is kept.
 *
 * @param general the rules, but for those that are decisions
 * @param decided rules about one watcher, which no other rule may apply to
 */
record Split(Ruleset general, Map<Address, Rule> decided) {

    static Split of(Ruleset document) {
        Map<Address, Rule> decided = new HashMap<>();
        Set<Address> again = new HashSet<>();
        List<Rule> others = new ArrayList<>();
        for (Rule rule : document.rules()) {
            Address watcher = rule.single();
            if (watcher == null) {
                others.add(rule);
            } else if (decided.put(watcher, rule) != null) {
                again.add(watcher);
            }
        }
        decided.keySet().removeAll(again);
        decided.keySet().removeIf(watcher -> others.stream().anyMatch(rule -> rule.mayApplyTo(watcher)));
        Set<Rule> decisions = new HashSet<>(decided.values());
        Ruleset general = new Ruleset(
                document.rules().stream().filter(rule -> !decisions.contains(rule)).toList());
        return new Split(general, decided);
    }
}
