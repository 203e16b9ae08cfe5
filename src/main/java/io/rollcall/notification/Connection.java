package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connected watcher: an outbox that writes bytes to a connection, and may have answers to write too. */
abstract class Connection extends Outbox implements Output.Owner {
    /** What is written before news. */
    private final List<byte[]> answers = new ArrayList<>();

    private @Nullable Output output;
    private long writingSince;

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

    /** Whether one write has taken longer than that: the watcher does not read. */
    synchronized boolean isStuck(long nanos) {
        return isWriting() && System.nanoTime() - writingSince > nanos;
    }

    @Override
    boolean send(News waiting) {
        Output to = output;
        if (to == null || waiting.isEmpty() && answers.isEmpty()) {
            return false;
        }
        writingSince = System.nanoTime();
        to.write(batch(waiting));
        return true;
    }

    private byte[] batch(News waiting) {
        List<byte[]> parts = new ArrayList<>(answers);
        long complete = complete();
        for (Notification notification : waiting) {
            parts.add(encode(notification.claiming(complete)));
        }
        if (!waiting.isEmpty()) {
            sending(waiting.size());
        }
        answers.clear();
        waiting.clear();
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
