package io.rollcall.policy;

import io.rollcall.document.Address;
import io.rollcall.document.InvalidDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An owner's rules (RFC 4745 §6). Their order does not matter. Never changes. */
public final class Ruleset {
    public static final Ruleset EMPTY = new Ruleset(List.of());

    private final List<Rule> rules;
    /** Made when it is first asked for; two threads may make it at once. */
    private volatile @Nullable Index index;

    /**
     * Rules by the watchers that they name, so that of a thousand rules about one watcher each only one is looked at.
     *
     * @param others those that may be about anybody
     */
    private record Index(Map<Address, List<Rule>> naming, List<Rule> others) {
        static Index of(List<Rule> rules) {
            Map<Address, List<Rule>> naming = new HashMap<>();
            List<Rule> others = new ArrayList<>();
            for (Rule rule : rules) {
                List<Address> watchers = rule.watchers();
                if (watchers == null) {
                    others.add(rule);
                } else {
                    new HashSet<>(watchers)
                            .forEach(watcher -> naming.computeIfAbsent(watcher, any -> new ArrayList<>()).add(rule));
                }
            }
            return new Index(naming, others);
        }
    }

    /** @throws InvalidDocument if two have the same id */
    public Ruleset(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        Set<String> ids = new HashSet<>();
        for (Rule rule : this.rules) {
            if (!ids.add(rule.id())) {
                throw new InvalidDocument("Two rules have the id " + rule.id() + "; each needs its own");
            }
        }
    }

    public List<Rule> rules() {
        return rules;
    }

    /** The rules that apply; where there is none, others have to decide. */
    public List<Rule> applying(Question question) {
        Index known = index;
        if (known == null) {
            known = Index.of(rules);
            index = known;
        }
        List<Rule> applying = new ArrayList<>();
        addApplying(known.naming.getOrDefault(question.watcher(), List.of()), question, applying);
        addApplying(known.others, question, applying);
        return applying;
    }

    private static void addApplying(List<Rule> rules, Question question, List<Rule> applying) {
        for (Rule rule : rules) {
            if (rule.applies(question)) {
                applying.add(rule);
            }
        }
    }

    /**
     * The rules of which all conditions but those about the watcher hold, with what they say of the watcher, of what they
     * permit no more than is asked for, and by names that tell only their place.
     */
    public Ruleset open(Question question, UnaryOperator<Provision> reduced) {
        List<Rule> open = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.isOpen(question)) {
                open.add(rule.aboutWatchers("r" + open.size(), reduced));
            }
        }
        return new Ruleset(open);
    }

    /** The same rules for all but those watchers. */
    public Ruleset without(Collection<Address> watchers) {
        return new Ruleset(rules.stream()
                .map(rule -> rule.without(watchers))
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

    /** How many parts all conditions have: identities, exceptions, periods. */
    public int parts() {
        return PolicyLimits.parts(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ruleset ruleset && rules.equals(ruleset.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return rules.toString();
    }
}
