package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watcher that is connected: it is written bytes, and may have answers waiting before its news. */
abstract class Connection extends Subscriber implements Output.Owner {
    /** So much is put together for one write. What is larger goes alone, and is no copy of this watcher's own. */
    private static final int TOGETHER = 32 * 1024;

    /** What is written before news. */
    private final List<byte[]> answers = new ArrayList<>();

    private @Nullable Output output;
    private long writingSince;
    private int writingBytes;
    private boolean cut;

    Connection(Caller caller, Subscriptions registry) {
        super(caller, registry);
    }

    /** The notification in the form that goes over this connection; shared, not to be changed. */
    abstract byte[] encode(Notification notification);

    /** What is sent when nothing else was for a while. */
    abstract byte[] keepAliveSignal();

    /** Is told how many notifications a write holds. */
    abstract void sending(int notifications);

    /**
     * The server is going: the client is told to come back, which may be to another node.
     *
     * @param millis after how long
     */
    abstract void goAway(int millis);

    /** Connects: from now on what waits is written. */
    void connect(Output connected) {
        synchronized (this) {
            output = connected;
        }
        connected.start();
        flush();
    }

    /** Takes the answer to a request of the client; it goes before news. */
    synchronized void answer(byte[] encoded) {
        if (!isClosed()) {
            answers.add(encoded);
        }
    }

    /** How many answers the client has not taken yet. */
    synchronized int unanswered() {
        return answers.size();
    }

    synchronized void keepAlive() {
        if (isIdle() && answers.isEmpty() && output != null) {
            answers.add(keepAliveSignal());
            flush();
        }
    }

    /** How long the write that is under way has taken so far, in nanoseconds; 0 if there is none. */
    synchronized long writingFor() {
        return isWriting() ? System.nanoTime() - writingSince : 0;
    }

    /** How long the client has been taking for the write that is under way, in nanoseconds. */
    synchronized long hangingFor() {
        return isWriting() && output != null ? output.takenFor() : 0;
    }

    /** How many bytes the write that is under way holds. */
    synchronized int unread() {
        return isWriting() ? writingBytes : 0;
    }

    /** Whether the client has neither taken nor sent anything for that long, though it should have. */
    boolean isSilent(long nanos) {
        return writingFor() > nanos;
    }

    /** Has what is being written fail, and all that is written later: the container then says that the connection is gone. */
    synchronized void cut() {
        cut = true;
        if (output != null) {
            output.cut();
        }
    }

    synchronized boolean isCut() {
        return cut;
    }

    /** Closes the connection even if the container does not: not all it does about one that hangs comes to an end. */
    synchronized void abandon() {
        if (output != null) {
            output.abandon();
        }
    }

    @Override
    protected boolean send(News waiting) {
        Output to = output;
        if (to == null || waiting.isEmpty() && answers.isEmpty()) {
            return false;
        }
        byte[] bytes = batch(waiting);
        writingSince = System.nanoTime();
        writingBytes = bytes.length;
        to.write(bytes);
        return true;
    }

    /** What waits, as far as it goes together; the rest follows in the next write. */
    private byte[] batch(News waiting) {
        List<byte[]> parts = new ArrayList<>(answers);
        answers.clear();
        int length = parts.stream().mapToInt(part -> part.length).sum();
        int told = 0;
        long passed = passedUpTo();
        for (Iterator<Notification> next = waiting.iterator(); next.hasNext(); told++) {
            byte[] encoded = encode(next.next().withIdUpTo(passed));
            length += encoded.length;
            if (length > TOGETHER && !parts.isEmpty()) {
                break;
            }
            parts.add(encoded);
            next.remove();
        }
        if (told > 0) {
            sending(told);
        }
        return joined(parts);
    }

    private static byte[] joined(List<byte[]> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
