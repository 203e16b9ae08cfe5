package io.rollcall.composition;

import io.rollcall.document.State;
import io.rollcall.presentity.Presentity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of an account's presentities speaks for the person (RFC 4479 §3.2 allows one person; §3.5 leaves the choice
 * open). Ties go to the latest login.
 */
public enum PersonPolicy {
    /** The one that logged in last, not the one that changed last. */
    LATEST_LOGIN(Comparator.comparingLong(Presentity::loginVersion)),

    /** The one that changed last (RFC 4479 §3.5). */
    LATEST_CHANGE(Comparator.comparingLong(presentity -> presentity.tuple().changeVersion())),

    /** The most available one: online before busy before away before offline. */
    MOST_AVAILABLE(Comparator.<Presentity>comparingInt(
                    presentity -> -availability(presentity.tuple().state()))
            .thenComparingLong(Presentity::loginVersion));

    private final Comparator<Presentity> order;

    PersonPolicy(Comparator<Presentity> order) {
        this.order = order;
    }

    /**
     * The policy of that name, {@code latest-login}, {@code latest-change} or {@code most-available}.
     *
     * @throws IllegalArgumentException for any other name
     */
    public static PersonPolicy named(String name) {
        for (PersonPolicy policy : values()) {
            if (policy.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("rollcall.person.policy: '" + name
                + "' is none of latest-login, latest-change, most-available");
    }

    Optional<Presentity> speaker(List<Presentity> presentities) {
        return presentities.stream().max(order);
    }

    private static int availability(State state) {
        return switch (state) {
            case ONLINE -> 0;
            case BUSY -> 1;
            case AWAY -> 2;
            case OFFLINE -> 3;
        };
    }
}
