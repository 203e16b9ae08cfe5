package io.rollcall.subscription;

import io.rollcall.authorization.Authorizations;
import io.rollcall.policy.Handling;
import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.presentity.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has those follow an account's rules whose watchers are not connected: requests left waiting, and the wishes of
 * subscription lists. The connected follow by themselves. Every node reviews what it hears of; twice does no harm.
 */
@ApplicationScoped
public class Reviewer {
    private static final Logger LOG = Logger.getLogger(Reviewer.class.getName());

    @Inject
    private SubscriptionRecords records;

    @Inject
    private SubscriptionLists lists;

    @Inject
    private Recorder recorder;

    @Inject
    private Accounts accounts;

    @Inject
    private Authorizations authorizations;

    @Inject
    private Groups groups;

    @Inject
    private DatabaseClock clock;

    @Inject
    private ChangeTopic topic;

    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    /** An account's rules may have changed, or who wants to see it. */
    public void rulesChanged(String account) {
        waiting.add(account);
    }

    /** A list was made, or has other accounts than it had: those that have to decide on its owner are asked. */
    void listChanged(SubscriptionList list, Collection<Address> before) {
        String watcher = list.owner().account().toString();
        Map<String, SubscriptionRecord> gone = new HashMap<>();
        records.carriedBy(Carrier.list(list.id())).forEach(record -> gone.put(record.account(), record));
        Set<String> undecided = records.undecidedOn(watcher);
        List<SubscriptionRecord> put = new ArrayList<>();
        Set<String> touched = strings(before);
        Set<String> wanted = strings(list.addresses(groups));
        for (AccountPresence account : accounts.findAll(wanted)) {
            boolean isNew = gone.remove(account.address()) == null;
            if (isNew && handling(account, list.owner()) == Handling.CONFIRM) {
                put.add(pending(account.address(), list, undecided));
            }
        }
        records.store(put, gone.values());
        touched.addAll(wanted);
        topic.announceWatchers(touched);
    }

    /** A list has ended. */
    void listEnded(SubscriptionList list) {
        topic.announceWatchers(strings(list.addresses(groups)));
    }

    private static Set<String> strings(Collection<Address> addresses) {
        Set<String> strings = new LinkedHashSet<>();
        addresses.forEach(address -> strings.add(address.toString()));
        return strings;
    }

    /** Those who joined or left a group joined or left the lists with that group. */
    void groupsChanged(Set<Address> moved) {
        moved.forEach(member -> waiting.add(member.toString()));
        topic.announceWatchers(strings(moved));
    }

    /** Reviews all that wait for it. */
    void review() {
        for (String account : waiting) {
            // first taken off: what happens from now on is reviewed again
            waiting.remove(account);
            try {
                review(account);
            } catch (RuntimeException failure) {
                waiting.add(account);
                LOG.log(Level.WARNING, "The requests to " + account + " could not be reviewed; it will be tried again", failure);
                return;
            }
        }
    }

    private void review(String account) {
        Address address = Address.parse(account).orElseThrow();
        AccountPresence presence = accounts.find(account);
        Map<String, SubscriptionList> naming = new HashMap<>();
        lists.naming(address).forEach(list -> naming.put(Carrier.list(list.id()), list));
        List<SubscriptionRecord> put = new ArrayList<>();
        List<SubscriptionRecord> remove = new ArrayList<>();
        for (SubscriptionRecord record : records.to(account)) {
            SubscriptionList list = naming.remove(record.carrier());
            if (list != null) {
                follow(record, record.standing().decided(handling(presence, list.owner())), put);
            } else if (Carrier.isList(record.carrier())) {
                remove.add(record);
            } else if (record.standing().status() == Status.WAITING) {
                Address watcher = Address.parse(record.watcher()).orElseThrow();
                if (authorizations.decide(presence, watcher).handling() != Handling.CONFIRM) {
                    remove.add(record);
                }
            }
        }
        for (SubscriptionList list : naming.values()) {
            if (handling(presence, list.owner()) == Handling.CONFIRM) {
                put.add(pending(account, list, records.undecidedOn(list.owner().account().toString())));
            }
        }
        records.store(put, remove);
        if (!put.isEmpty() || !remove.isEmpty()) {
            topic.announceWatchers(Set.of(account));
        }
    }

    private Handling handling(AccountPresence presence, Caller owner) {
        return authorizations.decide(presence, owner).handling();
    }

    private static void follow(SubscriptionRecord record, Standing next, List<SubscriptionRecord> put) {
        if (next != record.standing()) {
            put.add(record.standing(next));
        }
    }

    /** A list's wish that the account has to decide on, given up at once if too many of its owner's wait already. */
    private SubscriptionRecord pending(String account, SubscriptionList list, Set<String> undecided) {
        Standing standing = Standing.subscribed(Handling.CONFIRM);
        if (recorder.mayWait(undecided, account)) {
            undecided.add(account);
        } else {
            standing = standing.after(Event.GIVEUP);
        }
        return new SubscriptionRecord(
                account,
                list.owner().account().toString(),
                Carrier.list(list.id()),
                standing,
                clock.now().toEpochMilli(),
                null);
    }
}
