package io.rollcall.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/** The one thread's work: serves all connections, and lets the workload start what is due. */
final class Loop {
    private static final int BUFFER = 1 << 20;

    private final Selector selector;
    private final byte[] bytes = new byte[BUFFER];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

    /** What the loop is run for. */
    interface Work {
        /** Starts what is due; says when something will be due next, by {@link System#nanoTime}. */
        long startDue(long now) throws IOException;

        boolean done();
    }

    Loop() throws IOException {
        selector = Selector.open();
    }

    Selector selector() {
        return selector;
    }

    /** Serves the connections until a time by {@link System#nanoTime} or until the work is done. */
    void run(long until, Work work) throws IOException {
        for (long now = System.nanoTime(); now < until && !work.done(); now = System.nanoTime()) {
            long next = Math.min(until, work.startDue(now));
            long millis = TimeUnit.NANOSECONDS.toMillis(next - now);
            if (millis > 0) {
                selector.select(this::serve, millis);
            } else {
                selector.selectNow(this::serve);
            }
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
