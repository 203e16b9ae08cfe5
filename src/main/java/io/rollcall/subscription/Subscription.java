package io.rollcall.subscription;

import io.rollcall.document.PresenceDocument;
import io.rollcall.policy.Handling;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One watcher's wish to see one account, and how far it has been told. Not safe for use by several threads: whoever
 * speaks for the watcher holds its lock.
 */
public final class Subscription {
    private static final AtomicIntegerFieldUpdater<Subscription> QUEUED =
            AtomicIntegerFieldUpdater.newUpdater(Subscription.class, "queued");

    private final Watcher watcher;
    private final String address;
    private @Nullable Handling handling;
    private Standing standing = Standing.INIT;
    private long version = -1;
    private long viewed = -1;
    private @Nullable PresenceDocument shown;
    private long toldAt;
    /** Whether it waits for its standing to be recorded. */
    private volatile int queued;
    /** Milliseconds; 0 if the watcher is told of everything. */
    private int window;
    private long freeAt;

    public Subscription(Watcher watcher, String address) {
        this.watcher = watcher;
        this.address = address;
    }

    public Watcher watcher() {
        return watcher;
    }

    /** The account watched. */
    public String address() {
        return address;
    }

    public Standing standing() {
        return standing;
    }

    /** The decision it followed last; null before the first. */
    public @Nullable Handling handling() {
        return handling;
    }

    /** Follows a decision; true if the watcher has to be told of a new state. A politely blocked one is active. */
    public boolean follow(Handling decided) {
        handling = decided;
        Standing before = standing;
        standing = before.decided(decided);
        boolean begunAsWished = before.status() == Status.INIT && standing.status() == Status.ACTIVE;
        return standing != before && !begunAsWished;
    }

    /** Ends a pending one that is not kept waiting; false if it is not pending any more. */
    public boolean giveUp() {
        if (standing.status() != Status.PENDING) {
            return false;
        }
        standing = standing.after(Event.GIVEUP);
        return true;
    }

    /** Notes that it waits to be recorded; false if it does already. */
    boolean queue() {
        return QUEUED.getAndSet(this, 1) == 0;
    }

    /** Notes that it is being recorded: whatever happens from now on has to be recorded anew. */
    Subscription unqueued() {
        QUEUED.getAndSet(this, 0);
        return this;
    }

    /** Notes that the account is looked at as of this version; false if it was, or will have been, at a later one. */
    public boolean look(long accountVersion) {
        if (accountVersion < viewed) {
            return false;
        }
        viewed = accountVersion;
        return true;
    }

    /** Notes what the watcher is shown; null if it is shown nothing any more. */
    public void show(@Nullable PresenceDocument document) {
        shown = document;
    }

    /** What the watcher was shown last; null if nothing, or if it was not to be shown anything since. */
    public @Nullable PresenceDocument shown() {
        return shown;
    }

    /** Notes that the watcher is sent this version; false if it was sent it, or a later one, before. */
    public boolean advance(long newVersion) {
        if (newVersion <= version) {
            return false;
        }
        version = newVersion;
        return true;
    }

    /** Notes when there was something to tell the watcher of the account, in milliseconds since 1970. */
    public void told(long millis) {
        toldAt = millis;
    }

    /** When there was last; 0 if there never was. */
    public long toldAt() {
        return toldAt;
    }

    /**
     * Sets how often the watcher is told of the account at most (RFC 6446 §5); it counts from now on.
     *
     * @param newWindow milliseconds from one notification to the next; 0 for no limit
     */
    public void pace(int newWindow, long now) {
        window = newWindow;
        freeAt = version < 0 ? now : now + newWindow;
    }

    /** Whether the watcher may be told of something again. */
    public boolean isFree(long now) {
        return now >= freeAt;
    }

    /** When the watcher may be told of something again. */
    public long freeAt() {
        return freeAt;
    }

    /** Notes that the watcher is told of something now. */
    public void notified(long now) {
        freeAt = now + window;
    }
}
