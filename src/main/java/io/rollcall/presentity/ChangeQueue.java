package io.rollcall.presentity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait to be stored. It takes no more of them than will be stored soon, by how long groups took of late, so that
 * whoever is taken is answered in time, and whoever is not can be told at once. Who finds less than a group waiting is always
 * taken: how long a single group takes is up to the database.
 */
final class ChangeQueue {
    private static final int GROUP_BYTES = 4 * 1024 * 1024;
    /** Of how many groups the usual time is made, roughly. */
    private static final int OF_LATE = 8;

    private final BlockingQueue<PendingChange<?>> waiting;
    private final int groupSize;
    private final long patience;
    private final LongSupplier clock;
    private final AtomicLong bytes = new AtomicLong();
    /** Nanoseconds that a group takes. */
    private volatile long usual;
    /** When the group that is being stored was taken. */
    private volatile long takenAt;

    private volatile boolean storing;

    /**
     * @param most how many may wait, whatever the time they take
     * @param groupSize how many are stored together
     * @param patience how long the last that is taken may have to wait
     * @param clock nanoseconds from whatever time on
     */
    ChangeQueue(int most, int groupSize, Duration patience, LongSupplier clock) {
        this.waiting = new LinkedBlockingQueue<>(most);
        this.groupSize = groupSize;
        this.patience = patience.toNanos();
        this.clock = clock;
    }

    /** Takes one more, unless it would have to wait for too long. */
    boolean offer(PendingChange<?> pending) {
        if (timeOf(groups()) > patience || !waiting.offer(pending)) {
            return false;
        }
        bytes.addAndGet(pending.change().size());
        return true;
    }

    /** How many groups wait, but for what is less than one. */
    private long groups() {
        return Math.max(waiting.size() / groupSize, bytes.get() / GROUP_BYTES);
    }

    private long timeOf(long groups) {
        return groups * Math.max(usual, storing ? clock.getAsLong() - takenAt : 0);
    }

    /** Takes one back; false if it is not there any more. */
    boolean remove(PendingChange<?> pending) {
        boolean removed = waiting.remove(pending);
        if (removed) {
            bytes.addAndGet(-pending.change().size());
        }
        return removed;
    }

    int size() {
        return waiting.size();
    }

    void forEach(Consumer<PendingChange<?>> action) {
        waiting.forEach(action);
    }

    /** Waits for a change, and gives it with those that are to be stored with it; {@link #stored} has to follow. */
    List<PendingChange<?>> takeGroup() throws InterruptedException {
        List<PendingChange<?>> group = new ArrayList<>(groupSize);
        int taken = 0;
        @Nullable PendingChange<?> next = waiting.take();
        takenAt = clock.getAsLong();
        storing = true;
        while (next != null) {
            group.add(next);
            taken += next.change().size();
            next = group.size() < groupSize && taken < GROUP_BYTES ? waiting.poll() : null;
        }
        bytes.addAndGet(-taken);
        return group;
    }

    /** Notes that the group is done with, in whatever way. */
    void stored() {
        storing = false;
        usual += (clock.getAsLong() - takenAt - usual) / OF_LATE;
    }
}
