package io.rollcall.policy;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which devices, persons or services are provided: all, or those that any of the selectors chooses.
 *
 * @param selectors empty where all are provided
 */
public record Selection(boolean all, Set<Selector> selectors) {
    public static final Selection NONE = new Selection(false, Set.of());
    public static final Selection ALL = new Selection(true, Set.of());

    public Selection {
        selectors = all ? Set.of() : Set.copyOf(selectors);
    }

    /** What either provides, without what chooses nothing anyway. */
    Selection or(Selection other) {
        if (all || other.all) {
            return ALL;
        }
        Set<Selector> both = new LinkedHashSet<>(selectors);
        both.addAll(other.selectors);
        both.removeIf(selector -> selector.kind() == Selector.Kind.UNKNOWN);
        return both.isEmpty() ? NONE : new Selection(false, both);
    }

    /** The selectors, always in the same order. */
    List<Selector> sorted() {
        return selectors.stream()
                .sorted(Comparator.comparing(Selector::kind).thenComparing(Selector::value))
                .toList();
    }

    boolean isEmpty() {
        return !all && selectors.isEmpty();
    }
}
