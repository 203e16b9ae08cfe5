package io.rollcall.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How often watchers are told of one account (RFC 6446): the first state at once, then the newest when the window is
 * over. Knows for which subscribers something is held back and until when; for the others there is nothing to do.
 */
@ApplicationScoped
class Pacing {
    private static final Logger LOG = Logger.getLogger(Pacing.class.getName());

    /** Milliseconds. */
    private static final long FARTHEST = 30_000;

    private static final long AGAIN_AFTER_FAILURE = 1_000;

    private final int window;
    private final LongSupplier clock;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparingLong(Turn::at));

    /** When a subscriber is to be looked at. */
    private record Turn(Subscriber subscriber, long at) {}

    /** For CDI's proxy. */
    protected Pacing() {
        this(0, () -> 0);
    }

    @Inject
    public Pacing(@ConfigProperty(name = "rollcall.notification.window", defaultValue = "PT0S") Duration window) {
        this(Math.toIntExact(window.toMillis()), () -> System.nanoTime() / 1_000_000);
    }

    /**
     * @param window in milliseconds
     * @param clock milliseconds from whatever time on
     */
    Pacing(int window, LongSupplier clock) {
        this.window = window;
        this.clock = clock;
    }

    /** A window that a watcher wishes, or that of the server's configuration if it is longer. */
    int atLeast(int wish) {
        return Math.max(window, wish);
    }

    long now() {
        return clock.getAsLong();
    }

    /**
     * Has a subscriber looked at, at that time; earlier if that is far away, so that one that was closed is soon let go.
     *
     * @return when it will be looked at
     */
    synchronized long schedule(Subscriber subscriber, long at) {
        long turn = Math.min(at, now() + FARTHEST);
        turns.add(new Turn(subscriber, turn));
        return turn;
    }

    /** How many looks are still to come. */
    synchronized int size() {
        return turns.size();
    }

    /** To be called every few milliseconds: releases what was held back for long enough. */
    void tick() {
        long now = now();
        for (Subscriber subscriber : due(now)) {
            try {
                subscriber.release(now);
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "What was held back for " + subscriber.caller().account()
                        + " could not be sent; it will be tried again", failure);
                schedule(subscriber, now + AGAIN_AFTER_FAILURE);
            }
        }
    }

    private synchronized List<Subscriber> due(long now) {
        List<Subscriber> due = List.of();
        for (Turn turn = turns.peek(); turn != null && turn.at <= now; turn = turns.peek()) {
            due = due.isEmpty() ? new ArrayList<>() : due;
            due.add(turn.subscriber);
            turns.remove();
        }
        return due;
    }
}
