package io.rollcall.policy;

import io.rollcall.document.Address;
import io.rollcall.document.InvalidDocument;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An owner's rules (RFC 4745 §6). Their order does not matter.
 *
 * @throws InvalidDocument if two have the same id
 */
public record Ruleset(List<Rule> rules) {
    public static final Ruleset EMPTY = new Ruleset(List.of());

    public Ruleset {
        rules = List.copyOf(rules);
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new InvalidDocument("Two rules have the id " + rule.id() + "; each needs its own");
            }
        }
    }

    /** The rules that apply; where there is none, others have to decide. */
    public List<Rule> applying(Question question) {
        return rules.stream().filter(rule -> rule.applies(question)).toList();
    }

    /** The same rules for all but that watcher. */
    public Ruleset without(Address watcher) {
        return new Ruleset(rules.stream()
                .map(rule -> rule.without(watcher))
                .filter(Objects::nonNull)
                .toList());
    }

    /** The first time after that one at which a rule may begin or cease to apply. */
    public Instant nextBoundary(Instant time) {
        return rules.stream()
                .map(rule -> rule.nextBoundary(time))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** Whether any rule asks for the account's sphere. */
    public boolean asksForSphere() {
        return rules.stream().flatMap(rule -> rule.conditions().stream()).anyMatch(Sphere.class::isInstance);
    }

    /** Whether any rule asks for groups of the directory. */
    public boolean asksForGroups() {
        return rules.stream()
                .flatMap(rule -> rule.conditions().stream())
                .anyMatch(condition -> condition instanceof Identity identity
                        && identity.anyOf().stream().anyMatch(Group.class::isInstance));
    }
}
