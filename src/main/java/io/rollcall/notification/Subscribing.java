package io.rollcall.notification;

import io.rollcall.document.Address;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.Resources;
import io.rollcall.subscription.Subscription;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** How watchers begin to watch accounts: subscribed, and shown first of all how these are at present. */
@ApplicationScoped
class Subscribing {
    @Inject
    private Accounts accounts;

    @Inject
    private Notifier notifier;

    @Inject
    private Views views;

    @Inject
    private Resources resources;

    @Inject
    private Resumption resumption;

    @Inject
    private Wishes wishes;

    @Inject
    private Pacing pacing;

    @Inject
    @ConfigProperty(name = "rollcall.limits.watched", defaultValue = "1000")
    private int mostWatched;

    /** @throws Problem if these are more accounts than one connection may watch */
    void checkRoom(int wanted) {
        if (wanted > mostWatched) {
            throw new Problem(
                    Kind.INVALID_REQUEST, "One connection may watch " + mostWatched + " accounts; open another one");
        }
    }

    /** @throws Problem if with these it would watch more than it may; a list has a limit of its own */
    void checkRoom(Subscriber subscriber, Set<Address> wanted) {
        if (!subscriber.listed()) {
            Set<String> all = new HashSet<>(subscriber.watched());
            wanted.forEach(address -> all.add(address.toString()));
            checkRoom(all.size());
        }
    }

    /**
     * Subscribes a watcher to accounts and shows it their present state. First registered, then shown: what changes in
     * between comes twice rather than never, and the older one is dropped.
     *
     * @param resumeAfter the number up to which the watcher has seen these accounts; null if it has seen nothing
     */
    void subscribe(Subscriber subscriber, Collection<Address> addresses, @Nullable Long resumeAfter) {
        subscribe(subscriber, addresses, resumeAfter, null);
    }

    /**
     * The same of one of whom more may be known than a number.
     *
     * @param told whether it was told what is to be seen; null if that is not known, else that alone counts
     */
    void subscribe(
            Subscriber subscriber,
            Collection<Address> addresses,
            @Nullable Long resumeAfter,
            @Nullable Predicate<View> told) {
        Map<String, Subscription> wanted = new LinkedHashMap<>();
        for (Address address : addresses) {
            Subscription subscription = subscriber.subscribe(address.toString());
            if (subscription != null) {
                wanted.put(address.toString(), subscription);
            }
        }
        try {
            showPresent(subscriber, wanted, resumeAfter, told);
        } catch (RuntimeException failure) {
            // a wish that was not answered with the present state must not look like one that was
            wanted.keySet().forEach(subscriber::unsubscribe);
            throw failure;
        }
        addresses.forEach(address -> subscriber.pace(address.toString(), pacing));
        subscriber.flush();
        wishes.lookAgain(subscriber);
    }

    /** Has what a watcher wishes now hold for all that it watches. */
    void pace(Subscriber subscriber) {
        subscriber.watched().forEach(address -> subscriber.pace(address, pacing));
    }

    private void showPresent(
            Subscriber subscriber,
            Map<String, Subscription> wanted,
            @Nullable Long resumeAfter,
            @Nullable Predicate<View> told) {
        long number = notifier.reached();
        Set<String> changed = resumeAfter == null || told != null ? null : resumption.changedSince(resumeAfter);
        List<View> toShow = new ArrayList<>();
        for (AccountPresence account : accounts.findAll(wanted.keySet())) {
            View seen = views.view(account, subscriber.caller());
            View view = resources.include(account) ? seen : seen.ofNobody();
            boolean isUnchanged = changed != null && !changed.contains(account.address()) && !view.tellsNothing();
            if (isUnchanged || told != null && told.test(view)) {
                subscriber.resume(wanted.get(account.address()), view);
            } else {
                toShow.add(view);
            }
        }
        long before = changed == null || resumeAfter == null ? 0 : resumeAfter;
        for (View view : toShow) {
            // only the last one says that all has been seen up to here
            boolean last = view == toShow.get(toShow.size() - 1);
            subscriber.show(wanted.get(view.account()), view, new Broadcast(last ? number : before));
        }
    }
}
