package io.rollcall.notification;

import java.util.List;
import java.util.function.Predicate;

/**
 * What waits to be written to somebody: at most the newest news of each kind of each account, so that memory is bounded and
 * a slow reader skips states but never the last one. One write is in flight at a time; what came meanwhile goes out
 * together in the next. Its monitor guards all of it.
 */
public abstract class Outbox {
    private final News news = new News();
    private boolean writing;
    private boolean ending;
    private boolean closed;

    /**
     * Takes what is to be sent next out of what waits and sends it, without waiting for it; {@link #written} follows. Is
     * called under the monitor and while nothing else is being sent.
     *
     * @return false if nothing is sent
     */
    protected abstract boolean send(News waiting);

    /** Is told that there is nobody to send to any more. */
    public abstract void gone();

    /** Stops whatever puts something into it; called once, when it is closed. */
    abstract void stop();

    /** Closes what it sends over; called once, last of all. */
    protected abstract void disconnect();

    synchronized void put(Notification notification) {
        if (!closed) {
            news.put(notification);
        }
    }

    /**
     * Takes back what could not be sent.
     *
     * @param watched whether an account is still watched
     */
    synchronized void putBack(List<Notification> unsent, Predicate<String> watched) {
        news.putBack(unsent, watched);
    }

    /** Drops what was to be told of an account. */
    synchronized void drop(String account) {
        news.drop(account);
    }

    /** Drops the state of an account that must not be shown any more. */
    synchronized void dropPresence(String account) {
        news.dropPresence(account);
    }

    /** Whether news of that kind waits to be written. */
    synchronized boolean holds(String key) {
        return news.holds(key);
    }

    /** Sends what waits, unless something is being sent. */
    public synchronized void flush() {
        if (!writing && !closed) {
            writing = true;
            if (!send(news)) {
                writing = false;
            }
        }
    }

    /** What was sent last has gone. */
    public void written() {
        boolean ended;
        synchronized (this) {
            writing = false;
            flush();
            ended = ending && !writing;
        }
        if (ended) {
            gone();
        }
    }

    /** Closes it once what waits is written. */
    void end() {
        boolean ended;
        synchronized (this) {
            ending = true;
            flush();
            ended = !writing;
        }
        if (ended) {
            gone();
        }
    }

    /** Whether something is being sent. */
    synchronized boolean isWriting() {
        return writing;
    }

    /** Whether nothing is being sent and nothing waits for it. */
    public synchronized boolean isIdle() {
        return !writing && !closed && news.isEmpty();
    }

    /** Whether it is closed as soon as what waits is sent. */
    public synchronized boolean isEnding() {
        return ending;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Ends it: nothing is sent any more. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            news.clear();
        }
        stop();
        disconnect();
    }
}
