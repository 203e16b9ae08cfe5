package io.rollcall.recurring;

import io.rollcall.metrics.Alarm;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * What waits to be dealt with, each once however often it is named. What fails keeps no other from its turn, and waits on,
 * behind the others. For use by any number of threads.
 */
public final class Backlog<T> {
    private static final Logger LOG = Logger.getLogger(Backlog.class.getName());
    /** Where so many fail the fault is hardly theirs: the rest is left to the next time, which begins with it. */
    private static final int MOST_FAILURES = 10;

    private final String complaint;
    private final Set<T> waiting = new LinkedHashSet<>();

    /** @param complaint what the log says of a failure, such as {@code "Who watches cannot be told"} */
    public Backlog(String complaint) {
        this.complaint = complaint;
    }

    public synchronized void add(T one) {
        waiting.add(one);
    }

    public synchronized void addAll(Collection<? extends T> some) {
        waiting.addAll(some);
    }

    /** Leaves one undone. */
    public synchronized boolean remove(T one) {
        return waiting.remove(one);
    }

    private synchronized List<T> all() {
        return List.copyOf(waiting);
    }

    /** Deals with each that waits now; what is named from now on waits for the next time. */
    public void work(Consumer<T> deal) {
        T failed = null;
        RuntimeException reason = null;
        int failures = 0;
        for (T one : all()) {
            // first taken off: what happens to it from now on is dealt with again
            if (failures < MOST_FAILURES && remove(one)) {
                try {
                    deal.accept(one);
                } catch (RuntimeException failure) {
                    add(one);
                    failures++;
                    failed = one;
                    reason = failure;
                }
            }
        }
        if (failures > 0) {
            Alarm.TASK_FAILED.raise(LOG, complaint + ", for " + failed + (failures > 1 ? " and others" : "")
                    + "; it will be tried again", reason);
        }
    }
}
