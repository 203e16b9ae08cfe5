package io.rollcall.notification;

import io.rollcall.server.Wire;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a connection, one write at a time, as far as the container takes it; it calls back when a slow client can take
 * more. The container may also make the writing thread wait, where it has to be flushed: so that is never the one that has
 * something to write, and the monitor is held by nobody who has other work.
 */
final class Output implements WriteListener {
    /** Whose connection it is. */
    interface Owner {
        /** The write that was begun is done. */
        void written();

        /** The connection is of no use any more. */
        void gone();
    }

    /** As much as the container sends at once; what of a write it cannot send it keeps, and this is all it is given. */
    private static final int PIECE = 8 * 1024;

    private static final byte[] NONE = {};

    private final Owner owner;
    private final ServletOutputStream out;
    private final Wire wire;
    private final Executor writers;
    private final AtomicReference<byte @Nullable []> given = new AtomicReference<>();
    private byte[] unsent = NONE;
    private int sent;
    private boolean started;
    private Step next = Step.NOTHING;
    /** When the container was given the first piece of what is being written; 0 if it was given all, or nothing yet. */
    private volatile long begunAt;

    private enum Step {
        NOTHING,
        WRITE,
        FLUSH,
        FINISH
    }

    /** @param writers on whose threads is written */
    Output(Owner owner, ServletOutputStream out, Executor writers) {
        this.owner = owner;
        this.out = out;
        this.wire = Wire.beneath(out);
        this.writers = writers;
    }

    /** Begins; what was given to be written before follows as soon as the container is ready. */
    void start() {
        out.setWriteListener(this);
    }

    /** Has this written, without waiting for it; {@link Owner#written} follows. */
    void write(byte[] bytes) {
        given.set(bytes);
        writers.execute(this::proceed);
    }

    /** How long the client has been taking for what is being written, in nanoseconds; what still waits for a thread is not its fault. */
    long takenFor() {
        long since = begunAt;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /** Gives up what is being written: the container then says that the connection is gone. */
    void cut() {
        wire.cut();
    }

    /** Ends the connection even if the container does not. */
    void abandon() {
        wire.close();
    }

    @Override
    public void onWritePossible() {
        synchronized (wire.monitor()) {
            started = true;
            proceed();
        }
    }

    @Override
    public void onError(Throwable failure) {
        owner.gone();
    }

    private void proceed() {
        synchronized (wire.monitor()) {
            try {
                while (started && hasNext() && out.isReady()) {
                    step();
                }
            } catch (IOException | RuntimeException failure) {
                owner.gone();
            }
        }
    }

    private boolean hasNext() {
        byte[] bytes = next == Step.NOTHING ? given.getAndSet(null) : null;
        if (bytes != null) {
            unsent = bytes;
            sent = 0;
            next = Step.WRITE;
        }
        return next != Step.NOTHING;
    }

    /** Does what comes next; each step may leave the container not ready for the one after it. */
    private void step() throws IOException {
        switch (next) {
            case WRITE -> writePiece();
            case FLUSH -> {
                next = Step.FINISH;
                out.flush();
            }
            case FINISH -> {
                next = Step.NOTHING;
                begunAt = 0;
                owner.written();
            }
            case NOTHING -> {}
        }
    }

    private void writePiece() throws IOException {
        byte[] bytes = unsent;
        int from = sent;
        if (from == 0) {
            begunAt = System.nanoTime();
        }
        sent = wire.isPrompt() ? Math.min(bytes.length, from + PIECE) : bytes.length;
        if (sent == bytes.length) {
            next = wire.isPrompt() ? Step.FINISH : Step.FLUSH;
            unsent = NONE;
        }
        wire.write(bytes, from, sent - from);
    }
}
