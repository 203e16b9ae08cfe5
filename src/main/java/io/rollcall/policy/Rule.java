package io.rollcall.policy;

import io.rollcall.document.Address;
import io.rollcall.document.InvalidDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One rule (RFC 4745 §6): it applies when all its conditions hold, also when it has none, and then permits.
 *
 * @param id an NCName, unique in its ruleset
 * @param handling {@link Handling#BLOCK}, the lowest, where the rule does not say
 * @param provision what its transformations let through
 * @param actions those that this server does not know
 * @param transformations those that this server does not know
 */
public record Rule(
        String id,
        List<Condition> conditions,
        Handling handling,
        Provision provision,
        List<Unknown> actions,
        List<Unknown> transformations) {

    public Rule {
        if (!isName(id)) {
            throw new InvalidDocument("The id of a rule is a name without blanks and colons that begins with a letter"
                    + " or _ (an xs:ID), at most 255 characters; '" + id.substring(0, Math.min(60, id.length()))
                    + "' is none");
        }
        conditions = List.copyOf(conditions);
        actions = List.copyOf(actions);
        transformations = List.copyOf(transformations);
    }

    public Rule(String id, List<Condition> conditions, Handling handling, Provision provision) {
        this(id, conditions, handling, provision, List.of(), List.of());
    }

    public boolean applies(Question question) {
        for (Condition condition : conditions) {
            if (!condition.holds(question)) {
                return false;
            }
        }
        return true;
    }

    /** The same rule by another name. */
    public Rule named(String otherId) {
        return new Rule(otherId, conditions, handling, provision, actions, transformations);
    }

    /** Whether those of its conditions hold that are not about the watcher. */
    boolean isOpen(Question question) {
        for (Condition condition : conditions) {
            if (!(condition instanceof Identity) && !condition.holds(question)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it may ever apply to that watcher, whatever else changes. */
    public boolean mayApplyTo(Address watcher) {
        for (Condition condition : conditions) {
            if (condition instanceof Unknown
                    || condition instanceof Identity identity && !identity.mayInclude(watcher)) {
                return false;
            }
        }
        return true;
    }

    /** The same rule for all but those watchers; null if it cannot apply to anybody else. */
    @Nullable Rule without(Collection<Address> watchers) {
        List<Address> meant = watchers.stream().filter(this::mayApplyTo).toList();
        if (meant.isEmpty()) {
            return this;
        }
        List<Condition> next = new ArrayList<>(conditions);
        int first = -1;
        for (int i = 0; i < next.size(); i++) {
            first = first < 0 && next.get(i) instanceof Identity ? i : first;
        }
        if (first < 0) {
            next.add(0, new Identity(List.of(Many.ALL.without(meant))));
        } else {
            Identity narrowed = ((Identity) next.get(first)).without(meant);
            if (narrowed == null) {
                return null;
            }
            next.set(first, narrowed);
        }
        return new Rule(id, next, handling, provision, actions, transformations);
    }

    /** A rule for the same watchers, of whom alone it asks. Less than to block politely is to block. */
    Rule aboutWatchers(String otherId, UnaryOperator<Provision> reduced) {
        return new Rule(
                otherId,
                conditions.stream().filter(Identity.class::isInstance).toList(),
                handling.compareTo(Handling.POLITE_BLOCK) < 0 ? Handling.BLOCK : handling,
                handling == Handling.ALLOW ? reduced.apply(provision) : Provision.NOTHING);
    }

    /** The watcher, if it is about one by name and about nothing else; null otherwise. */
    public @Nullable Address single() {
        return conditions.size() == 1
                        && conditions.get(0) instanceof Identity identity
                        && identity.anyOf().size() == 1
                        && identity.anyOf().get(0) instanceof One one
                        && actions.isEmpty()
                        && transformations.isEmpty()
                ? Address.parse(one.id()).orElse(null)
                : null;
    }

    /** The watchers, if it is about some by name alone, whatever else it asks; null if others may be meant. */
    @Nullable List<Address> watchers() {
        for (Condition condition : conditions) {
            if (condition instanceof Identity identity && identity.anyOf().stream().allMatch(One.class::isInstance)) {
                return identity.anyOf().stream()
                        .flatMap(who -> Address.parse(((One) who).id()).stream())
                        .toList();
            }
        }
        return null;
    }

    Instant nextBoundary(Instant time) {
        Instant next = Instant.MAX;
        for (Condition condition : conditions) {
            if (condition instanceof Validity validity && validity.next(time).isBefore(next)) {
                next = validity.next(time);
            }
        }
        return next;
    }

    private static boolean isName(String id) {
        return !id.isEmpty()
                && id.length() <= 255
                && (Character.isLetter(id.charAt(0)) || id.charAt(0) == '_')
                && id.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
    }
}
