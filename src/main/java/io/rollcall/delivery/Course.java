package io.rollcall.delivery;

import io.rollcall.subscription.DeliveryRecords.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a delivery goes: how far it has come, and since when its service takes nothing. Not safe for several threads. */
final class Course {
    private long delivered;
    private @Nullable Instant toldAt;
    private @Nullable Instant waitingSince;
    private @Nullable Instant failingSince;
    private @Nullable String error;

    /**
     * @param delivered the number of the group of changes up to which everything was taken
     * @param failingSince since when nothing was taken of what should have been; null if that was taken
     */
    Course(long delivered, @Nullable Instant failingSince) {
        this.delivered = delivered;
        this.failingSince = failingSince;
    }

    /** There is another service, of which nothing is known. */
    void beginAnew() {
        failingSince = null;
        error = null;
    }

    /** Something is about to be brought. */
    void waits(Instant now) {
        waitingSince = waitingSince == null ? now : waitingSince;
    }

    /** It was taken, and with it all up to a number. */
    void taken(long upTo, Instant now) {
        comesTo(upTo);
        toldAt = now;
        waitingSince = null;
        failingSince = null;
        error = null;
    }

    /**
     * It was not taken.
     *
     * @return since when nothing is
     */
    Instant failed(String why, Instant now) {
        Instant since = failingSince == null ? now : failingSince;
        failingSince = since;
        error = why;
        return since;
    }

    /** All up to that number is taken, or there was nothing in it to be told. */
    void comesTo(long number) {
        delivered = Math.max(delivered, number);
    }

    boolean isFailing() {
        return failingSince != null;
    }

    /** Since when something waits that was not taken; null if nothing does. */
    @Nullable Instant waitingSince() {
        return waitingSince;
    }

    Position position(String list) {
        return new Position(list, delivered, toldAt, failingSince, error);
    }
}
