package io.rollcall.subscription;

import io.rollcall.policy.Handling;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription stands: its state and the event that brought it there. The state machine of RFC 3857 §4.7.1, with
 * the one arrow that RFC 5025 §3.2.1 adds: an active subscription goes back to pending when the owner wants to confirm.
 */
public final class Standing {
    private static final Standing[][] ALL = new Standing[Status.values().length][Event.values().length];

    static {
        for (Status status : Status.values()) {
            for (Event event : Event.values()) {
                ALL[status.ordinal()][event.ordinal()] = new Standing(status, event);
            }
        }
    }

    /** Before anything happened. */
    public static final Standing INIT = of(Status.INIT, Event.SUBSCRIBE);

    private final Status status;
    private final Event event;

    private Standing(Status status, Event event) {
        this.status = status;
        this.event = event;
    }

    /** There is one for each pair, however many subscriptions stand there. */
    public static Standing of(Status status, Event event) {
        return ALL[status.ordinal()][event.ordinal()];
    }

    public Status status() {
        return status;
    }

    public Event event() {
        return event;
    }

    /** Why it ended; null unless it did. */
    public @Nullable String reason() {
        return status == Status.TERMINATED ? event.word() : null;
    }

    /** A subscription as it begins: what the owner's rules say of the watcher decides. */
    public static Standing subscribed(Handling handling) {
        return switch (handling) {
            case ALLOW, POLITE_BLOCK -> of(Status.ACTIVE, Event.SUBSCRIBE);
            case CONFIRM -> of(Status.PENDING, Event.SUBSCRIBE);
            case BLOCK -> of(Status.TERMINATED, Event.REJECTED);
        };
    }

    /**
     * Follows an event other than subscribe.
     *
     * @throws IllegalStateException if nothing leads from here by that event
     */
    public Standing after(Event next) {
        Status to =
                switch (status) {
                    case PENDING -> afterPending(next);
                    case ACTIVE -> next == Event.SUBSCRIBE || next == Event.APPROVED || next == Event.GIVEUP
                            ? null
                            : Status.TERMINATED;
                    case WAITING -> next == Event.APPROVED
                                    || next == Event.REJECTED
                                    || next == Event.GIVEUP
                                    || next == Event.NORESOURCE
                            ? Status.TERMINATED
                            : null;
                    case INIT, TERMINATED -> null;
                };
        if (to == null) {
            throw new IllegalStateException("nothing leads from " + status + " by " + next);
        }
        return of(to, next);
    }

    private static @Nullable Status afterPending(Event next) {
        return switch (next) {
            case SUBSCRIBE -> null;
            case APPROVED -> Status.ACTIVE;
            case TIMEOUT -> Status.WAITING;
            default -> Status.TERMINATED;
        };
    }

    /**
     * Follows what the owner's rules say now (RFC 5025 §3.2.1). One that has ended begins anew where the wish still
     * stands and the rules would let it; one that was given up stays so until they decide.
     */
    public Standing decided(Handling handling) {
        return switch (status) {
            case INIT -> subscribed(handling);
            case TERMINATED -> handling == Handling.BLOCK || handling == Handling.CONFIRM && event == Event.GIVEUP
                    ? this
                    : subscribed(handling);
            case ACTIVE -> switch (handling) {
                case ALLOW, POLITE_BLOCK -> this;
                case CONFIRM -> of(Status.PENDING, Event.SUBSCRIBE);
                case BLOCK -> after(Event.REJECTED);
            };
            case PENDING, WAITING -> switch (handling) {
                case ALLOW, POLITE_BLOCK -> after(Event.APPROVED);
                case CONFIRM -> this;
                case BLOCK -> after(Event.REJECTED);
            };
        };
    }

    @Override
    public String toString() {
        return status + " by " + event;
    }
}
