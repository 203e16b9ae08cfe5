package io.rollcall.notification;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * Writes to a connection without blocking: one write at a time, as far as the container takes it; it calls back when a
 * slow client can take more. Everything happens under the owner's monitor.
 */
final class Output implements WriteListener {
    /** Whose connection it is. */
    interface Owner {
        /** The write that was begun is done; called with the owner's monitor held. */
        void written();

        /** The connection is of no use any more. */
        void gone();
    }

    private static final byte[] NONE = {};

    private final Owner owner;
    private final ServletOutputStream out;
    private byte[] unsent = NONE;
    private boolean started;
    private Step next = Step.NOTHING;

    private enum Step {
        NOTHING,
        WRITE,
        FLUSH,
        FINISH
    }

    Output(Owner owner, ServletOutputStream out) {
        this.owner = owner;
        this.out = out;
    }

    /** Begins; what was given to be written before follows as soon as the container is ready. */
    void start() {
        out.setWriteListener(this);
    }

    /** Begins a write; {@link Owner#written} follows. */
    void write(byte[] bytes) {
        synchronized (owner) {
            unsent = bytes;
            next = Step.WRITE;
            proceed();
        }
    }

    @Override
    public void onWritePossible() {
        synchronized (owner) {
            started = true;
            proceed();
        }
    }

    @Override
    public void onError(Throwable failure) {
        owner.gone();
    }

    private void proceed() {
        try {
            while (started && next != Step.NOTHING && out.isReady()) {
                step();
            }
        } catch (IOException | RuntimeException failure) {
            owner.gone();
        }
    }

    /** Does what comes next; each step may leave the container not ready for the one after it. */
    private void step() throws IOException {
        switch (next) {
            case WRITE -> {
                next = Step.FLUSH;
                out.write(unsent);
                unsent = NONE;
            }
            case FLUSH -> {
                next = Step.FINISH;
                out.flush();
            }
            case FINISH -> {
                next = Step.NOTHING;
                owner.written();
            }
            case NOTHING -> {}
        }
    }
}
