package io.rollcall.policy;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What transformations let through (RFC 5025 §3.3). What is not provided is hidden.
 *
 * @param unknown attributes that RFC 5025 does not name, each by namespace and name
 * @param allAttributes provides every attribute there is, unknown ones too (§3.3.2.15); the other parameters on
 *     attributes then say so as well
 */
public record Provision(
        Selection services,
        Selection persons,
        Selection devices,
        Set<Attribute> attributes,
        UserInput userInput,
        Set<Name> unknown,
        boolean allAttributes) {

    private static final Set<Attribute> EVERY = Set.copyOf(EnumSet.allOf(Attribute.class));

    /** Everything there is: what {@code allow} by itself means for one watcher. */
    public static final Provision EVERYTHING = new Provision(
            Selection.ALL, Selection.ALL, Selection.ALL, Set.of(), UserInput.FALSE, Set.of(), true);

    /** What a rule without transformations provides. */
    public static final Provision NOTHING = new Provision(
            Selection.NONE, Selection.NONE, Selection.NONE, Set.of(), UserInput.FALSE, Set.of(), false);

    /** The name of an attribute that RFC 5025 does not know. */
    public record Name(String namespace, String name) {
        static final Comparator<Name> ORDER = Comparator.comparing(Name::namespace).thenComparing(Name::name);
    }

    public Provision {
        attributes = allAttributes ? EVERY : Set.copyOf(attributes);
        userInput = allAttributes ? UserInput.FULL : userInput;
        unknown = allAttributes ? Set.of() : Set.copyOf(unknown);
    }

    /** What either provides: booleans are ORed, integers maximized, sets united (RFC 4745 §10.2). */
    Provision or(Provision other) {
        Set<Attribute> both = new LinkedHashSet<>(attributes);
        both.addAll(other.attributes);
        Set<Name> names = new LinkedHashSet<>(unknown);
        names.addAll(other.unknown);
        return new Provision(
                services.or(other.services),
                persons.or(other.persons),
                devices.or(other.devices),
                both,
                userInput.or(other.userInput),
                names,
                allAttributes || other.allAttributes);
    }

    public boolean isEverything() {
        return services.all() && persons.all() && devices.all() && allAttributes;
    }

    boolean provides(Attribute attribute) {
        return allAttributes || attributes.contains(attribute);
    }

    boolean providesUnknown(String namespace, String name) {
        return allAttributes || unknown.contains(new Name(namespace, name));
    }
}
