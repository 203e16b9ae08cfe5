package io.rollcall.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions of the watchers connected to this node, by account. */
@ApplicationScoped
public class Subscriptions {
    private final Map<String, Set<Subscription>> byAddress = new ConcurrentHashMap<>();

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
