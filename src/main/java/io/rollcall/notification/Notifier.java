package io.rollcall.notification;

import io.rollcall.metrics.Alarm;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.ChangeGroup;
import io.rollcall.presentity.ChangeLog;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.Resources;
import io.rollcall.subscription.Reviewer;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Brings changes to the watchers connected to this node. Announcements are the fast way; what they miss is found by
 * number in the database. A group that comes twice, late or out of order does no harm: each watcher takes only what is
 * newer than what it was sent.
 */
@ApplicationScoped
public class Notifier {
    private static final Logger LOG = Logger.getLogger(Notifier.class.getName());
    private static final int ENTRIES_AT_ONCE = 500;
    /** Younger groups are left to their announcement, which is on its way. */
    private static final Duration GRACE = Duration.ofMillis(500);

    @Inject
    private Accounts accounts;

    @Inject
    private ChangeLog log;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private Reviewer reviewer;

    @Inject
    private WatcherFeeds feeds;

    @Inject
    private Views views;

    @Inject
    private Resources resources;

    @Inject
    private Metrics metrics;

    private final ReentrantLock turn = new ReentrantLock(true);
    private Progress progress = new Progress(0);
    private volatile long reached;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        turn.lock();
        try {
            reached = log.lastNumber();
            progress = new Progress(reached);
            // what was read earlier may be older than that
            accounts.forgetAll();
        } finally {
            turn.unlock();
        }
        // what this node, or another one, stored just before it ended
        log.rulesChanged().forEach(reviewer::rulesChanged);
    }

    /** All groups up to this number have reached the watchers of this node. */
    public long reached() {
        return reached;
    }

    /** Takes an announcement. */
    void announced(ChangeGroup group) {
        turn.lock();
        Set<Outbox> touched = new LinkedHashSet<>();
        try {
            long id = idFor(group.number(), group.changes().stream().map(ChangeGroup.Announced::address));
            boolean all = true;
            for (ChangeGroup.Announced change : group.changes()) {
                all &= announced(change, id, touched);
            }
            if (all) {
                progress.add(group.number());
            }
            reached = progress.reached();
            if (!touched.isEmpty()) {
                long latency = clock.now().toEpochMilli() - group.committedAt();
                metrics.delivery().record(Math.max(0, latency), TimeUnit.MILLISECONDS);
            }
        } finally {
            flush(touched);
            turn.unlock();
        }
    }

    /** One that cannot be written to, for whatever reason, keeps no other waiting; it comes back and sees what it missed. */
    static void flush(Set<Outbox> touched) {
        for (Outbox outbox : touched) {
            try {
                outbox.flush();
            } catch (RuntimeException | Error failure) {
                Alarm.UNFORESEEN.raise(LOG, outbox + " cannot be written to", failure);
                outbox.gone();
            }
        }
    }

    /** Tells of one change; false if that has to be done again, as if the announcement had been lost. */
    private boolean announced(ChangeGroup.Announced change, long id, Set<Outbox> touched) {
        try {
            // first what is known, then who watches: whoever comes in between finds what is known now
            AccountPresence known = accounts.announced(change);
            if (change.rulesChanged()) {
                rulesChanged(change.address());
            }
            feeds.said(change.address(), change.preferred());
            Collection<Subscription> watching = subscriptions.to(change.address());
            if (!watching.isEmpty()) {
                AccountPresence now = known != null ? known : accounts.findStored(change.address());
                deliver(now, watching, new Broadcast(id), touched);
            }
            return true;
        } catch (RuntimeException failure) {
            Alarm.TASK_FAILED.raise(LOG, "The watchers of " + change.address() + " could not be told of a change; it will be"
                    + " tried again", failure);
            return false;
        }
    }

    /** What changes in a group of these accounts go out with. */
    private long idFor(long number, Stream<String> changed) {
        return progress.idFor(number, changed.filter(address -> !subscriptions.to(address).isEmpty()).count());
    }

    /** Finds the groups whose announcement was lost, and deals with them. */
    void catchUp() {
        boolean more = true;
        while (more) {
            turn.lock();
            try {
                more = catchUpSome();
                reached = progress.reached();
            } finally {
                turn.unlock();
            }
        }
    }

    private boolean catchUpSome() {
        Instant until = clock.now().minus(GRACE);
        List<ChangeLog.Entry> missed = log.after(progress.reached(), until, ENTRIES_AT_ONCE);
        boolean follows = !missed.isEmpty() && missed.get(0).number() == progress.reached() + 1;
        // what is not there may be too young, or nowhere any more
        if (!follows && log.lastNumber() > progress.reached() && progress.isTooLate(log.oldestNumber())) {
            refreshAll();
        }
        refresh(missed);
        return missed.size() == ENTRIES_AT_ONCE;
    }

    /** Each account once, however often it changed: without announcements there may be very many groups. */
    private void refresh(List<ChangeLog.Entry> missed) {
        Map<String, Long> newest = new LinkedHashMap<>();
        long number = 0;
        for (ChangeLog.Entry entry : missed) {
            if (!progress.includes(entry.number())) {
                number = entry.number();
                for (ChangeLog.Entry.Line line : entry.lines()) {
                    newest.merge(line.address(), line.version(), Math::max);
                    if (line.rulesChanged()) {
                        rulesChanged(line.address());
                    }
                }
            }
        }
        long id = idFor(number, newest.keySet().stream());
        newest.forEach((address, version) -> refresh(address, version, id));
        missed.forEach(entry -> progress.add(entry.number()));
    }

    /** Those who are not connected follow the rules too, and the owner learns what became of its watchers. */
    private void rulesChanged(String address) {
        reviewer.rulesChanged(address);
        feeds.touched(List.of(address));
    }

    private void refresh(String address, long version, long id) {
        // first what is known, then who watches: whoever comes in between finds what is known now
        AccountPresence known = accounts.changed(address, version);
        feeds.touched(List.of(address));
        Collection<Subscription> watching = subscriptions.to(address);
        if (watching.isEmpty()) {
            return;
        }
        Set<Outbox> touched = new LinkedHashSet<>();
        try {
            AccountPresence now = known != null ? known : accounts.findStored(address);
            deliver(now, watching, new Broadcast(id), touched);
        } catch (Problem away) {
            // the database does not answer: all of it is tried again
            throw away;
        } catch (RuntimeException damaged) {
            Alarm.DAMAGED.raise(LOG, "The watchers of " + address + " cannot be told of a change", damaged);
        } finally {
            flush(touched);
        }
    }

    /** So much was missed that the groups themselves are forgotten: everything watched is read anew. */
    private void refreshAll() {
        long number = log.lastNumber();
        accounts.forgetAll();
        reviewer.everything();
        for (String address : subscriptions.addresses()) {
            rulesChanged(address);
            refresh(address, Long.MAX_VALUE, progress.reached());
        }
        progress.skipTo(number);
    }

    private void deliver(
            AccountPresence account, Collection<Subscription> watching, Broadcast broadcast, Set<Outbox> touched) {
        // one that was erased is no account any more
        boolean known = resources.include(account);
        for (Subscription subscription : watching) {
            Subscriber subscriber = (Subscriber) subscription.watcher();
            View view = views.view(account, subscriber.caller());
            subscriber.show(subscription, known ? view : view.ofNobody(), broadcast);
            touched.add(subscriber);
        }
    }
}
