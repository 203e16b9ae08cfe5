package io.rollcall.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The one thread's work: serves all connections, and lets publications start when they are due. */
final class Loop {
    private static final int BUFFER = 1 << 20;

    private final Selector selector;
    private final byte[] bytes = new byte[BUFFER];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

    Loop() throws IOException {
        selector = Selector.open();
    }

    Selector selector() {
        return selector;
    }

    /** Serves the connections for so many seconds, or until it is done. */
    void run(int seconds, Publishing publishing, BooleanSupplier done) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long now = System.nanoTime(); now < until && !done.getAsBoolean(); now = System.nanoTime()) {
            long next = Math.min(until, publishing.startDue(now));
            long millis = TimeUnit.NANOSECONDS.toMillis(next - now);
            if (millis > 0) {
                selector.select(this::serve, millis);
            } else {
                selector.selectNow(this::serve);
            }
        }
    }

    /** Serves the connections until it is done; fails if that takes longer than so many seconds. */
    void await(int seconds, Publishing publishing, BooleanSupplier done, String what) throws IOException {
        run(seconds, publishing, done);
        if (!done.getAsBoolean()) {
            throw new IllegalStateException("after " + seconds + " s it is still not so that all " + what);
        }
    }

    private void serve(SelectionKey key) {
        Link link = (Link) key.attachment();
        try {
            if (key.isValid() && key.isReadable()) {
                link.read(buffer);
            }
            if (key.isValid() && key.isWritable()) {
                link.writeOn();
            }
        } catch (IOException | RuntimeException broken) {
            key.cancel();
            link.broken(broken);
        }
    }
}
