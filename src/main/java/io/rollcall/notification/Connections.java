package io.rollcall.notification;

import io.rollcall.directory.People;
import io.rollcall.document.Address;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.ChangeLog;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.server.ServerStop;
import io.rollcall.subscription.Subscription;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The watchers connected to this node. */
@ApplicationScoped
class Connections {
    /** More groups than this are not looked through for what a watcher missed: it is sent everything. */
    private static final int RESUMABLE = 200;
    /** So many are to come back to other nodes in a millisecond, when this one stops. */
    private static final int BACK_IN_A_MILLISECOND = 2;

    private static final int LEAST_MILLIS_AWAY = 500;
    private static final int LEAST_SPREAD_MILLIS = 1_000;
    private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    @Inject
    private Accounts accounts;

    @Inject
    private ChangeLog log;

    @Inject
    private Notifier notifier;

    @Inject
    private Views views;

    @Inject
    private People people;

    @Inject
    private Writers writers;

    @Inject
    private Wishes wishes;

    @Inject
    private ListStreams lists;

    @Inject
    private WatcherFeeds feeds;

    @Inject
    private Pacing pacing;

    @Inject
    private Metrics metrics;

    @Inject
    private ServerStop stop;

    @Inject
    @ConfigProperty(name = "rollcall.limits.watched", defaultValue = "1000")
    private int mostWatched;

    @Inject
    private Places places;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        metrics.gauge("rollcall.watchers", "Watchers connected to this node", open::size);
    }

    /** The server stops: all are told to come back, each a little later than the other, and those who read are gone soon. */
    void leave(@Observes ServerStop.Begun begun) {
        int spread = Math.max(LEAST_SPREAD_MILLIS, open.size() / BACK_IN_A_MILLISECOND);
        long deadline = System.nanoTime() + LEAVING_NANOS;
        open.forEach(connection ->
                connection.goAway(LEAST_MILLIS_AWAY + ThreadLocalRandom.current().nextInt(spread)));
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        // closing may wait for a write that hangs
        open.forEach(connection -> writers.execute(() -> remove(connection)));
    }

    @PreDestroy
    void closeAll() {
        open.forEach(this::remove);
        writers.finish();
    }

    /** What writes to a connection that was opened. */
    Output output(Connection connection, ServletOutputStream out) {
        return new Output(connection, out, writers);
    }

    /** Has a connection closed, which may take a while. */
    void close(Runnable close) {
        writers.close(close);
    }

    /** @throws Problem {@link Kind#UNAVAILABLE} or {@link Kind#TOO_MANY_REQUESTS} if there are too many, or the server stops */
    void add(Connection connection) {
        places.take(connection.caller().account());
        open.add(connection);
        // looked at afterwards: whoever gets in before the stop is told of it
        if (stop.hasBegun()) {
            leaveOpen(connection);
            throw leaving();
        }
    }

    private void leaveOpen(Subscriber subscriber) {
        if (open.remove(subscriber)) {
            places.free(subscriber.caller().account());
        }
    }

    /** Those that are open now. */
    Collection<Connection> all() {
        return open;
    }

    /** @throws Problem {@link Kind#UNAVAILABLE} if the server stops: nothing new is begun then */
    void refuseIfLeaving() {
        if (stop.hasBegun()) {
            throw leaving();
        }
    }

    private static Problem leaving() {
        return new Problem(Kind.UNAVAILABLE, "The server is stopping; connect again").with("retryAfter", 1);
    }

    void remove(Subscriber subscriber) {
        subscriber.close();
        leaveOpen(subscriber);
        wishes.forget(subscriber);
        lists.remove(subscriber);
        feeds.close(subscriber);
    }

    /** To be called after anything was noted of a connection: if it has gone meanwhile, nothing of it stays. */
    void removeIfClosed(Subscriber subscriber) {
        if (subscriber.isClosed()) {
            remove(subscriber);
        }
    }

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
        Set<String> changed = resumeAfter == null || told != null ? null : changedSince(resumeAfter);
        List<View> toShow = new ArrayList<>();
        for (AccountPresence account : accounts.findAll(wanted.keySet())) {
            View seen = views.view(account, subscriber.caller());
            View view = isKnown(account) ? seen : seen.ofNobody();
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

    private boolean isKnown(AccountPresence account) {
        return account.account().isStored() || people.include(Address.parse(account.address()).orElseThrow());
    }

    /** The accounts that changed after a number; null if that is too long ago to tell. */
    private @Nullable Set<String> changedSince(long number) {
        long last = log.lastNumber();
        if (number <= 0 || number > last || number < last && log.oldestNumber() > number + 1) {
            return null;
        }
        List<ChangeLog.Entry> entries = log.after(number, Instant.ofEpochMilli(Long.MAX_VALUE), RESUMABLE);
        if (entries.size() == RESUMABLE) {
            return null;
        }
        Set<String> changed = new HashSet<>();
        entries.forEach(entry -> entry.lines().forEach(line -> changed.add(line.address())));
        return changed;
    }
}
