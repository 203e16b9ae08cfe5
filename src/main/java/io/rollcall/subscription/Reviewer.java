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
import io.rollcall.recurring.Backlog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final Backlog<String> waiting = new Backlog<>("The requests to an account could not be reviewed");

    /** An account's rules may have changed, or who wants to see it. */
    public void rulesChanged(String account) {
        waiting.add(account);
    }

    /** Nobody knows whose rules may have changed. */
    public void everything() {
        waiting.addAll(records.asked());
    }

    /**
     * A list was made, or has other accounts than it had: those that have to decide on its owner are asked. The list is
     * stored by then, so nothing that fails here is a failure of it: those who could not be asked now are asked later.
     */
    void listChanged(SubscriptionList list, Collection<Address> before) {
        Set<String> wanted = strings(list.addresses(groups));
        Set<String> touched = strings(before);
        touched.addAll(wanted);
        try {
            ask(list, wanted);
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "The accounts of a list could not be asked; it will be tried again", failure);
            waiting.addAll(touched);
        }
        topic.announceWatchers(touched);
    }

    private void ask(SubscriptionList list, Set<String> wanted) {
        Map<String, SubscriptionRecord> gone = new HashMap<>();
        records.carriedBy(Carrier.list(list.id())).forEach(record -> gone.put(record.account(), record));
        Set<String> undecided = records.undecidedOn(list.owner().account().toString());
        List<SubscriptionRecord> put = new ArrayList<>();
        for (AccountPresence account : accounts.findAll(wanted)) {
            if (gone.remove(account.address()) == null) {
                ask(list, account, undecided, put);
            }
        }
        records.store(put, gone.values());
    }

    private void ask(
            SubscriptionList list, AccountPresence account, Set<String> undecided, List<SubscriptionRecord> put) {
        try {
            if (handling(account, list.owner()) == Handling.CONFIRM) {
                put.add(pending(account.address(), list, undecided));
            }
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, account.address() + " could not be asked; it will be tried again", failure);
            waiting.add(account.address());
        }
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
        waiting.addAll(strings(moved));
        topic.announceWatchers(strings(moved));
    }

    /** Reviews all that wait for it. */
    void review() {
        waiting.work(this::review);
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
