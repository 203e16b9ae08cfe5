package io.rollcall.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The subscriptions of the watchers connected to this node, by account. */
@ApplicationScoped
public class Subscriptions {
    private final Map<String, Set<Subscription>> byAddress = new ConcurrentHashMap<>();
    /** Those whose standing changed since it was recorded. */
    private final Queue<Subscription> unrecorded = new ConcurrentLinkedQueue<>();

    public void add(Subscription subscription) {
        byAddress.compute(subscription.address(), (address, others) -> {
            Set<Subscription> all = others == null ? ConcurrentHashMap.newKeySet(1) : others;
            all.add(subscription);
            return all;
        });
    }

    /** Removes this very subscription; another one of the same watcher stays. */
    public void remove(Subscription subscription) {
        byAddress.computeIfPresent(subscription.address(), (address, all) -> {
            all.remove(subscription);
            return all.isEmpty() ? null : all;
        });
        changed(subscription);
    }

    /** Has a subscription recorded before long, where anything can be told of it. */
    public void changed(Subscription subscription) {
        boolean undecided = subscription.standing() == Standing.INIT;
        if (!undecided && !subscription.watcher().listed() && subscription.queue()) {
            unrecorded.add(subscription);
        }
    }

    /** Takes those whose standing is to be recorded, the longest waiting first, at most so many. */
    List<Subscription> takeUnrecorded(int limit) {
        List<Subscription> taken = new ArrayList<>();
        while (taken.size() < limit) {
            Subscription next = unrecorded.poll();
            if (next == null) {
                break;
            }
            taken.add(next.unqueued());
        }
        return taken;
    }

    /** Has all of them recorded, as if nothing had been. */
    void recordAnew() {
        byAddress.values().forEach(all -> all.forEach(this::changed));
    }

    /** Those to an account; empty if nobody here watches it. */
    public Collection<Subscription> to(String address) {
        return byAddress.getOrDefault(address, Set.of());
    }

    /** The accounts somebody here watches. */
    public Set<String> addresses() {
        return byAddress.keySet();
    }
}
