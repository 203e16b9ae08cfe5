package io.rollcall.presentity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.StatelessSession;

/** The deciding of one group: what its changes, one after the other, make of the accounts they are for. */
final class Decisions {
    private final Accounts accounts;
    private final Instant time;
    private final boolean exclusive;
    private final Map<String, AccountPresence> before = new HashMap<>();
    private final Map<String, AccountPresence> after = new HashMap<>();
    private final List<Change.Alongside> alongside = new ArrayList<>();

    /** Accounts read within this transaction; what is not here is from memory, and may be old. */
    private final Set<String> verified = new HashSet<>();

    /**
     * @param exclusive whether to rest on the database alone and to keep others from changing the accounts meanwhile: where
     *     one has lost a race, so that it does not lose the next
     */
    Decisions(Accounts accounts, Instant time, boolean exclusive) {
        this.accounts = accounts;
        this.time = time;
        this.exclusive = exclusive;
    }

    void decide(StatelessSession session, List<PendingChange<?>> group) {
        recallOrLoad(session, group);
        for (PendingChange<?> pending : group) {
            decide(session, pending);
        }
    }

    /** Stores what is not presence; after the accounts, which it refers to. */
    void storeAlongside(StatelessSession session) {
        alongside.forEach(also -> also.store(session));
    }

    Set<String> addresses() {
        return before.keySet();
    }

    Collection<Transition> transitions() {
        List<Transition> transitions = new ArrayList<>(after.size());
        after.forEach((address, next) -> {
            AccountPresence stored = current(before, address);
            if (stored != next) {
                transitions.add(new Transition(stored, next));
            }
        });
        return transitions;
    }

    private void recallOrLoad(StatelessSession session, List<PendingChange<?>> group) {
        Set<String> unknown = new LinkedHashSet<>();
        for (PendingChange<?> pending : group) {
            String address = pending.change().address();
            AccountPresence known = exclusive ? null : accounts.recall(address);
            if (known == null) {
                unknown.add(address);
            } else {
                put(known);
            }
        }
        unknown.removeAll(before.keySet());
        load(session, unknown);
    }

    private void decide(StatelessSession session, PendingChange<?> pending) {
        String address = pending.change().address();
        Change.Outcome<?> outcome = pending.decide(current(after, address), time);
        boolean changesNothing = outcome == null || outcome.next() == current(after, address);
        if (changesNothing && verified.add(address)) {
            // what stores nothing is checked by nothing: it must rest on the database, not on what this node remembers
            if (!isUntouched(address)) {
                throw new GroupStore.Outdated(address + " must be read before nothing is changed of it");
            }
            load(session, Set.of(address));
            outcome = pending.decide(current(after, address), time);
        }
        if (outcome == null) {
            return;
        }
        after.put(address, outcome.next());
        if (outcome.alongside() != null) {
            alongside.add(outcome.alongside());
        }
    }

    private boolean isUntouched(String address) {
        return before.get(address) == after.get(address);
    }

    private void load(StatelessSession session, Set<String> addresses) {
        if (!addresses.isEmpty()) {
            if (exclusive) {
                accounts.lock(session, addresses);
            }
            accounts.load(session, List.copyOf(addresses)).forEach(this::put);
            verified.addAll(addresses);
        }
    }

    private void put(AccountPresence account) {
        before.put(account.address(), account);
        after.put(account.address(), account);
    }

    private static AccountPresence current(Map<String, AccountPresence> accounts, String address) {
        AccountPresence account = accounts.get(address);
        if (account == null) {
            throw new IllegalStateException(address + " was not read");
        }
        return account;
    }
}
