package io.rollcall.notification;

import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.recurring.Backlog;
import io.rollcall.subscription.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The wishes of those connections that asked for groups: a member who joins or leaves one joins or leaves the connection.
 * All others are content with the accounts they named.
 */
@ApplicationScoped
class Wishes {
    private static final Logger LOG = Logger.getLogger(Wishes.class.getName());

    @Inject
    private Groups groups;

    @Inject
    private Connections connections;

    @Inject
    private Subscribing subscribing;

    private final Map<Subscriber, Wish> bySubscriber = new ConcurrentHashMap<>();
    /** Those that may not be subscribed yet to all that their wish means. */
    private final Backlog<Subscriber> behind = new Backlog<>("A watcher could not be shown who joined a group or list");

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        groups.onChange(this::moved);
    }

    /**
     * The accounts that a wish means now.
     *
     * @throws Problem {@link Kind#INVALID_REQUEST} if it names a group that there is not
     */
    Set<Address> addresses(Wish wish) {
        for (String group : wish.groups()) {
            if (!groups.exists(group)) {
                throw new Problem(
                        Kind.INVALID_REQUEST, "The directory has no group of that name; /api/directory lists them");
            }
        }
        return wish.addresses(groups);
    }

    /** Notes what a connection asks for, beside what it asked for before. */
    void add(Subscriber subscriber, Wish more) {
        bySubscriber.compute(subscriber, (any, before) -> {
            if (before == null && more.groups().isEmpty()) {
                return null;
            }
            return (before == null ? new Wish(addresses(subscriber.watched()), Set.of()) : before).and(more);
        });
    }

    /** Ends what a connection does not want any more; what another part of its wish includes stays. */
    void drop(Subscriber subscriber, Wish less) {
        Set<Address> dropped = less.addresses(groups);
        Wish rest = bySubscriber.computeIfPresent(subscriber, (any, wish) -> {
            Wish next = wish.without(less);
            return next.groups().isEmpty() ? null : next;
        });
        for (Address account : dropped) {
            if (rest == null || !rest.includes(account, groups)) {
                subscriber.unsubscribe(account.toString());
            }
        }
    }

    /** Gives a connection another wish for the one it had, and tells it what that brings. */
    void replace(Subscriber subscriber, Wish next) {
        bySubscriber.put(subscriber, next);
        behind.add(subscriber);
        look();
        connections.removeIfClosed(subscriber);
    }

    void forget(Subscriber subscriber) {
        bySubscriber.remove(subscriber);
        behind.remove(subscriber);
    }

    /** To be called when a connection was subscribed to accounts: who moved meanwhile joins or leaves before long. */
    void lookAgain(Subscriber subscriber) {
        if (bySubscriber.containsKey(subscriber)) {
            behind.add(subscriber);
        }
    }

    /** To be called once a second: has those follow their wish that could not, or may not have, when it changed. */
    void look() {
        behind.work(subscriber -> {
            Wish wish = bySubscriber.get(subscriber);
            if (wish != null) {
                follow(subscriber, wish);
            }
        });
    }

    private void moved(Set<Address> members) {
        bySubscriber.forEach((subscriber, wish) -> {
            Set<String> watched = subscriber.watched();
            if (members.stream().anyMatch(one -> wish.includes(one, groups) != watched.contains(one.toString()))) {
                behind.add(subscriber);
            }
        });
        look();
    }

    private void follow(Subscriber subscriber, Wish wish) {
        Set<Address> wanted = wish.addresses(groups);
        Set<Address> watched = addresses(subscriber.watched());
        for (Address left : watched) {
            if (!wanted.contains(left)) {
                subscriber.end(left.toString(), Event.NORESOURCE);
            }
        }
        subscriber.flush();
        Set<Address> joined = new LinkedHashSet<>(wanted);
        joined.removeAll(watched);
        if (!joined.isEmpty() && hasRoom(subscriber, joined)) {
            subscribing.subscribe(subscriber, joined, null);
        }
    }

    /** More than it may watch is not tried again: it would be as many a second later. */
    private boolean hasRoom(Subscriber subscriber, Set<Address> joined) {
        try {
            subscribing.checkRoom(subscriber, joined);
            return true;
        } catch (Problem tooMany) {
            LOG.log(Level.WARNING, subscriber.caller().account() + " cannot be shown who joined a group", tooMany);
            return false;
        }
    }

    private static Set<Address> addresses(Set<String> accounts) {
        return accounts.stream().map(account -> Address.parse(account).orElseThrow()).collect(Collectors.toSet());
    }
}
