package io.rollcall.presentity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the authors of changes that were stored what became of them, group by group. On a thread of its own: those whose
 * threads wait for an answer may hold all others.
 */
final class Authors {
    private static final Logger LOG = Logger.getLogger(Authors.class.getName());

    private final BlockingQueue<List<PendingChange<?>>> waiting = new LinkedBlockingQueue<>();
    private final ThreadLocal<@Nullable Map<Object, Runnable>> telling = new ThreadLocal<>();
    private volatile boolean stopped;

    /** Takes a group that is stored. */
    void add(List<PendingChange<?>> group) {
        waiting.add(group);
    }

    /** Has its thread end once all have been told. */
    void stop() {
        stopped = true;
    }

    /** Tells all who come, until it is stopped. */
    void tellAll() {
        while (!stopped || !waiting.isEmpty()) {
            try {
                List<PendingChange<?>> group = waiting.poll(1, TimeUnit.SECONDS);
                if (group != null) {
                    tell(group);
                }
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException | Error failure) {
                LOG.log(Level.SEVERE, "An author could not be told", failure);
            }
        }
    }

    private void tell(List<PendingChange<?>> group) {
        Map<Object, Runnable> afterwards = new LinkedHashMap<>();
        telling.set(afterwards);
        try {
            group.forEach(PendingChange::tell);
        } finally {
            telling.remove();
        }
        afterwards.values().forEach(Runnable::run);
    }

    /** Runs an action when all authors of the group that is being told have been, see {@link Changes#onceAllAreTold}. */
    void onceAllAreTold(Object key, Runnable action) {
        Map<Object, Runnable> afterwards = telling.get();
        if (afterwards == null) {
            action.run();
        } else {
            afterwards.put(key, action);
        }
    }
}
