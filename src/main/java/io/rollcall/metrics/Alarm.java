package io.rollcall.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What somebody should look into. Each has a code that stays the same for ever, in front of its lines in the log and at the
 * counter {@code rollcall_alarms_total}; README.md says of each what to do.
 */
public enum Alarm {
    NOT_STORED("RC01"),
    NOT_READ("RC02"),
    OVERLOADED("RC03"),
    BROKER_SILENT("RC04"),
    ANNOUNCEMENT_UNREADABLE("RC05"),
    DIRECTORY_AWAY("RC06"),
    DELIVERY_GIVEN_UP("RC07"),
    DAMAGED("RC08"),
    UNREAD("RC09"),
    FULL("RC10"),
    NOT_AUDITED("RC11"),
    QUEUE_AWAY("RC12"),
    TASK_FAILED("RC13"),
    CLOCK_STEPPED("RC14"),
    UNFORESEEN("RC15"),
    CONTAINER("RC16");

    /** More lines than this of one alarm in one second say nothing new: they are only counted. */
    private static final int LINES_A_SECOND = 10;

    private final String code;
    private final LongAdder raised = new LongAdder();
    private long second;
    private int lines;

    Alarm(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** How often it was raised since the start. */
    public long raised() {
        return raised.sum();
    }

    public void raise(Logger log, String what) {
        raise(log, what, null);
    }

    /** Counts it, and says so in the log of whoever noticed. */
    public void raise(Logger log, String what, @Nullable Throwable why) {
        raised.increment();
        if (hasLine(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()))) {
            log.log(Level.WARNING, code + ' ' + what, why);
        }
    }

    private synchronized boolean hasLine(long now) {
        if (now != second) {
            second = now;
            lines = 0;
        }
        return lines++ < LINES_A_SECOND;
    }
}
