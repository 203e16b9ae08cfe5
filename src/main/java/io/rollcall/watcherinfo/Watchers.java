package io.rollcall.watcherinfo;

import io.rollcall.authorization.Authorizations;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.Audiences;
import io.rollcall.subscription.SubscriptionRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds who watches an account. */
@ApplicationScoped
public class Watchers {
    @Inject
    private Audiences audiences;

    @Inject
    private Accounts accounts;

    @Inject
    private Authorizations authorizations;

    /** All watchers, in the order of their names: for the owner. The owner's own connections are none. */
    public Map<String, WatcherState> of(Address account) {
        AccountPresence presence = accounts.find(account.toString());
        Map<String, WatcherState> states = new TreeMap<>();
        for (SubscriptionRecord record : audiences.of(account)) {
            if (!record.watcher().equals(account.toString())) {
                states.put(record.watcher(), state(presence, record));
            }
        }
        return states;
    }

    /**
     * What a caller may know: the owner and an administrator all, anybody else where its own subscription stands, which
     * is no more than the subscription itself tells it (RFC 3857 §4.7.2).
     *
     * @throws Problem {@link Kind#BLOCKED} if the account does not share anything with the caller
     */
    List<WatcherState> of(Address account, Caller caller) {
        if (caller.owns(account) || caller.admin()) {
            return List.copyOf(of(account).values());
        }
        if (handling(account, caller.account()) == Handling.BLOCK) {
            throw new Problem(Kind.BLOCKED, account + " does not share its presence with you");
        }
        WatcherState own = of(account).get(caller.account().toString());
        return own == null ? List.of() : List.of(own.withoutHandling());
    }

    /** What has changed between two looks at an account's watchers. */
    public List<WatcherState> changes(Address account, Map<String, WatcherState> before, Map<String, WatcherState> now) {
        List<WatcherState> changes = new ArrayList<>();
        now.forEach((watcher, state) -> {
            WatcherState earlier = before.get(watcher);
            if (earlier == null) {
                changes.add(state);
            } else if (!state.tellsTheSameAs(earlier)) {
                changes.add(state.after(earlier));
            }
        });
        before.forEach((watcher, earlier) -> {
            if (!now.containsKey(watcher)) {
                changes.add(earlier.ended(handling(account, Address.parse(watcher).orElseThrow())));
            }
        });
        return changes;
    }

    private Handling handling(Address account, Address watcher) {
        return authorizations.decide(accounts.find(account.toString()), watcher).handling();
    }

    private WatcherState state(AccountPresence presence, SubscriptionRecord record) {
        Handling handling = authorizations
                .decide(presence, Address.parse(record.watcher()).orElseThrow())
                .handling();
        return new WatcherState(record.watcher(), record.standing(), record.since(), record.expiresAt(), handling);
    }
}
