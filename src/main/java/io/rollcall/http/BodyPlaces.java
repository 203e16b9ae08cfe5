package io.rollcall.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where bodies are read. One that is still to come holds a thread: only so many may be read at once, of one sender half of
 * them, so that nobody alone keeps all others from sending; those who are not signed in have a few places of their own, a third
 * of them from one address.
 * Whether a body has come already shows only in reading it, so that those who find all places taken wait a moment: most are
 * free again at once.
 */
final class BodyPlaces {
    private static final int ALL = 10;
    private static final int OF_ONE_SENDER = 5;
    private static final int OF_STRANGERS = 6;
    private static final int OF_ONE_ADDRESS = 2;
    private static final long PATIENCE_MILLIS = 200;

    private static final Semaphore PLACES = new Semaphore(ALL);
    private static final Semaphore STRANGERS = new Semaphore(OF_STRANGERS);
    /** There while somebody holds or waits for one. */
    private static final Cache<String, Semaphore> BY_SENDER =
            Caffeine.newBuilder().weakValues().build();

    private BodyPlaces() {}

    /**
     * Reads up to so many bytes.
     *
     * @param sender who sends it; empty if nobody is signed in
     * @param address where it comes from
     * @throws Problem {@link Kind#UNAVAILABLE} if there is no place
     */
    static byte[] read(String sender, String address, InputStream in, int most) throws IOException, InterruptedException {
        if (sender.isEmpty()) {
            Semaphore own = BY_SENDER.get("at " + address, any -> new Semaphore(OF_ONE_ADDRESS));
            return at(own, () -> at(STRANGERS, () -> in.readNBytes(most)));
        }
        Semaphore own = BY_SENDER.get(sender, any -> new Semaphore(OF_ONE_SENDER));
        return at(own, () -> at(PLACES, () -> in.readNBytes(most)));
    }

    private static byte[] at(Semaphore places, Body body) throws IOException, InterruptedException {
        if (!places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw Problem.forNow("Too many bodies are slow to arrive; try again");
        }
        try {
            return body.read();
        } finally {
            places.release();
        }
    }

    @FunctionalInterface
    private interface Body {
        byte[] read() throws IOException, InterruptedException;
    }
}
