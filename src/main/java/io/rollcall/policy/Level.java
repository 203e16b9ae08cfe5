package io.rollcall.policy;

import io.rollcall.document.InvalidDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules that an owner can pick by name instead of writing some. */
public enum Level {
    /** Everybody who is signed in sees whether and how the owner can be reached: no notes, no devices. */
    PUBLIC,
    /** The owner's own domain sees everything; others wait for a decision. */
    COLLEAGUES,
    /** The owner's groups see everything, the rest of its domain what everybody sees in {@link #PUBLIC}; others wait. */
    TEAM,
    /** Everybody waits for a decision. */
    PRIVATE;

    /** Whether and how somebody can be reached. */
    private static final Provision REACHABILITY = new Provision(
            Selection.ALL,
            Selection.ALL,
            Selection.NONE,
            Set.of(Attribute.ACTIVITIES, Attribute.TIME_OFFSET),
            UserInput.FALSE,
            Set.of(),
            false);

    /** The name that documents carry. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidDocument naming the levels, if the word is none */
    public static Level named(String word) {
        for (Level level : values()) {
            if (level.word().equals(word)) {
                return level;
            }
        }
        throw new InvalidDocument("level '" + word + "' is none of "
                + Arrays.stream(values()).map(Level::word).collect(Collectors.joining(", ")));
    }

    /** The name of the level that these rules are; null if they are none. */
    public static @Nullable String of(Ruleset ruleset, String domain) {
        Set<String> groups = groups(ruleset);
        for (Level level : values()) {
            if (!ruleset.rules().isEmpty() && level.rules(domain, groups).equals(ruleset)) {
                return level.word();
            }
        }
        return null;
    }

    /**
     * The rules.
     *
     * @param domain the owner's
     * @param groups those that {@link #TEAM} means
     */
    public Ruleset rules(String domain, Set<String> groups) {
        Who own = new Many(domain, List.of(), List.of());
        Who others = new Many(null, List.of(new Except(null, domain)), List.of());
        Rule wait = rule("others", others, Handling.CONFIRM, Provision.NOTHING);
        return switch (this) {
            case PUBLIC -> new Ruleset(List.of(rule("everybody", Many.ALL, Handling.ALLOW, REACHABILITY)));
            case COLLEAGUES ->
                new Ruleset(List.of(rule("colleagues", own, Handling.ALLOW, Provision.EVERYTHING), wait));
            case TEAM -> {
                Rule colleagues = rule("colleagues", own, Handling.ALLOW, REACHABILITY);
                yield groups.isEmpty()
                        ? new Ruleset(List.of(colleagues, wait))
                        : new Ruleset(List.of(team(groups), colleagues, wait));
            }
            case PRIVATE -> new Ruleset(List.of(rule("everybody", Many.ALL, Handling.CONFIRM, Provision.NOTHING)));
        };
    }

    private static Rule team(Set<String> groups) {
        List<Who> members = new TreeSet<>(groups).stream().<Who>map(name -> new Group(name, List.of())).toList();
        return new Rule("team", List.of(new Identity(members)), Handling.ALLOW, Provision.EVERYTHING);
    }

    private static Set<String> groups(Ruleset ruleset) {
        return ruleset.rules().stream()
                .flatMap(rule -> rule.conditions().stream())
                .filter(Identity.class::isInstance)
                .flatMap(identity -> ((Identity) identity).anyOf().stream())
                .filter(Group.class::isInstance)
                .map(group -> ((Group) group).name())
                .collect(Collectors.toSet());
    }

    private static Rule rule(String id, Who who, Handling handling, Provision provision) {
        return new Rule(id, List.of(new Identity(List.of(who))), handling, provision);
    }
}
