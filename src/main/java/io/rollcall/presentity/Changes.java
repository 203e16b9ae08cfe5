package io.rollcall.presentity;

import io.rollcall.metrics.Alarm;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;
import org.hibernate.exception.LockAcquisitionException;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which accounts change. Changes that arrive while a group is being stored form the next group: a group is
 * one transaction and one announcement, and each change in it is decided on what the ones before it left. Authors are
 * answered after the commit; an account's changes are decided in the order they arrived.
 *
 * @implNote One thread decides and stores. Nothing else of this node writes presence, so that it needs no locks, and while
 *     it waits for the disk the rest of the machine reads requests and writes notifications.
 */
@ApplicationScoped
public class Changes {
    private static final Logger LOG = Logger.getLogger(Changes.class.getName());
    private static final int ATTEMPTS = 5;

    @Inject
    private Accounts accounts;

    @Inject
    private Database database;

    @Inject
    private DatabaseClock clock;

    @Inject
    private ChangeTopic topic;

    @Resource
    private ManagedThreadFactory threads;

    private final ChangeQueue waiting;
    private final Authors authors = new Authors();
    private volatile boolean stopped;
    private volatile @Nullable Thread writer;

    /** For CDI's proxy. */
    protected Changes() {
        this(1, 1, Duration.ZERO);
    }

    /**
     * @param queue how many changes may wait before further ones are refused
     * @param group how many are stored in one transaction
     * @param wait how long a change may have to wait, beyond one group; what would wait longer is refused
     */
    @Inject
    public Changes(
            @ConfigProperty(name = "rollcall.changes.queue", defaultValue = "20000") int queue,
            @ConfigProperty(name = "rollcall.changes.group", defaultValue = "256") int group,
            @ConfigProperty(name = "rollcall.changes.wait", defaultValue = "PT0.5S") Duration wait) {
        waiting = new ChangeQueue(queue, group, wait, System::nanoTime);
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        clock.adjust();
        writer = start("rollcall-changes", this::storeGroups);
        start("rollcall-answers", authors::tellAll);
    }

    private Thread start(String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.start();
        return thread;
    }

    @PreDestroy
    void stop() {
        stopped = true;
        authors.stop();
        waiting.forEach(pending -> pending.fail(Problem.forNow("The server is stopping; try again")));
    }

    /**
     * Has a change decided and stored.
     *
     * @return its answer after the commit; or exceptionally a {@link Problem}: what the change was refused for, or
     *     {@link Kind#UNAVAILABLE} if it could not be stored, and then nothing of it was
     */
    public <R> CompletableFuture<R> submit(Change<R> change) {
        PendingChange<R> pending = new PendingChange<>(change);
        if (stopped || !waiting.offer(pending)) {
            Alarm.OVERLOADED.raise(LOG, "More changes come than can be stored: " + waiting.size() + " wait");
            pending.fail(Problem.forNow("More changes are waiting than can be stored; try again later"));
        } else if (stopped && waiting.remove(pending)) {
            pending.fail(Problem.forNow("The server is stopping; try again"));
        }
        return pending.answer();
    }

    /** Whether changes are being stored. */
    public boolean running() {
        Thread thread = writer;
        return thread != null && thread.isAlive();
    }

    /** How many changes wait to be stored. */
    public int waiting() {
        return waiting.size();
    }

    private void storeGroups() {
        List<PendingChange<?>> group = List.of();
        while (!stopped) {
            try {
                group = waiting.takeGroup();
                store(group);
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException | Error failure) {
                Alarm.NOT_STORED.raise(LOG, "A group of " + group.size() + " changes could not be stored", failure);
                group.forEach(pending -> pending.fail(Problem.forNow("It could not be stored; try again later", failure)));
            } finally {
                waiting.stored();
            }
        }
    }

    private void store(List<PendingChange<?>> group) {
        try {
            storeTogether(group);
        } catch (DataException tooMuchForAColumn) {
            if (group.size() == 1) {
                throw tooMuchForAColumn;
            }
            // one of them is at fault: alone it takes no other with it
            group.forEach(this::storeAlone);
        }
    }

    private void storeAlone(PendingChange<?> pending) {
        try {
            storeTogether(List.of(pending));
        } catch (RuntimeException failure) {
            Alarm.NOT_STORED.raise(LOG, "A change of " + pending.change().address() + " could not be stored", failure);
            pending.fail(Problem.forNow("It could not be stored", failure));
        }
    }

    private void storeTogether(List<PendingChange<?>> group) {
        for (int attempt = 1; ; attempt++) {
            Decisions decisions = new Decisions(accounts, clock.now(), attempt > 1);
            ChangeGroup announcement;
            try {
                announcement = database.inTransaction(session -> {
                    decisions.decide(session, group);
                    long now = clock.now().toEpochMilli();
                    ChangeGroup stored = GroupStore.store(session, decisions.transitions(), now);
                    decisions.storeAlongside(session);
                    return stored;
                });
            } catch (RuntimeException failure) {
                if (mayBeOld(failure)) {
                    accounts.forget(decisions.addresses());
                }
                if (attempt == ATTEMPTS || !isRace(failure)) {
                    throw failure;
                }
                continue;
            }
            decisions.transitions().forEach(transition -> accounts.stored(transition.before(), transition.after()));
            authors.add(group);
            if (announcement != null) {
                topic.announce(announcement);
            }
            return;
        }
    }

    /**
     * Runs an action, once for its key, when all authors of the group whose answers are being given on this thread have
     * been told; at once on any other thread.
     */
    public void onceAllAreTold(Object key, Runnable action) {
        authors.onceAllAreTold(key, action);
    }

    /**
     * Whether what is in memory may be at fault, or have become old. Where the database is away it is neither: who tries to
     * publish meanwhile must go on being seen.
     */
    private static boolean mayBeOld(RuntimeException failure) {
        return failure instanceof Database.StoreUnavailable || !Database.isAway(failure);
    }

    /** Another node was faster: what it stored must be read and the group decided anew. */
    private static boolean isRace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GroupStore.Outdated
                    || cause instanceof StaleStateException
                    || cause instanceof ConstraintViolationException
                    || cause instanceof LockAcquisitionException
                    || cause instanceof SQLTransactionRollbackException) {
                return true;
            }
        }
        return false;
    }
}
