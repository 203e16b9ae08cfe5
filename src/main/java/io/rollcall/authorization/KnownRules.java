package io.rollcall.authorization;

import io.rollcall.document.Address;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An account's rules in memory, with what they were found to decide. May be used by any number of threads. */
final class KnownRules {
    private static final int MOST_WATCHERS = 10_000;

    private final Rules rules;
    private final boolean timed;
    private final boolean sphered;
    private final boolean grouped;
    private volatile Decided decided;

    /** Decisions of one sphere, from a time up to another, for one state of the directory's groups. */
    private record Decided(
            @Nullable String sphere, Instant from, Instant until, long groups, Map<Address, Decision> byWatcher) {

        boolean holds(@Nullable String otherSphere, Instant time, long otherGroups) {
            return !time.isBefore(from)
                    && time.isBefore(until)
                    && groups == otherGroups
                    && Objects.equals(sphere, otherSphere);
        }
    }

    KnownRules(Rules rules) {
        this.rules = rules;
        this.timed = !rules.general().nextBoundary(rules.asOf()).equals(Instant.MAX);
        this.sphered = rules.general().asksForSphere();
        this.grouped = rules.asksForGroups();
        this.decided = new Decided(null, Instant.MIN, Instant.MIN, 0, Map.of());
    }

    Rules rules() {
        return rules;
    }

    /** The time to ask them at: where none still to come makes a difference to them, the one that they are from. */
    Instant time(Supplier<Instant> now) {
        return timed ? now.get() : rules.asOf();
    }

    boolean asksForSphere() {
        return sphered;
    }

    boolean asksForGroups() {
        return grouped;
    }

    /** What was decided in that situation, by watcher; to be added to. */
    Map<Address, Decision> decided(@Nullable String sphere, Instant time, long groups) {
        Decided known = decided;
        if (!known.holds(sphere, time, groups)) {
            Instant until = timed ? rules.general().nextBoundary(time) : Instant.MAX;
            known = new Decided(sphere, time, until, groups, new ConcurrentHashMap<>());
            decided = known;
        }
        if (known.byWatcher.size() >= MOST_WATCHERS) {
            makeRoom(known.byWatcher.keySet());
        }
        return known.byWatcher;
    }

    /** Some of so many go, whichever they are: the others need not be decided anew. */
    private static void makeRoom(Set<Address> watchers) {
        Iterator<Address> next = watchers.iterator();
        for (int i = 0; i < MOST_WATCHERS / 10 && next.hasNext(); i++) {
            next.next();
            next.remove();
        }
    }
}
