package io.rollcall.notification;

import java.util.TreeSet;

/** Which groups this node has dealt with: all up to a number, and some beyond it. Not safe for several threads. */
final class Progress {
    private long complete;
    private final TreeSet<Long> beyond = new TreeSet<>();

    Progress(long complete) {
        this.complete = complete;
    }

    /** All groups up to this number are dealt with. */
    long complete() {
        return complete;
    }

    boolean includes(long number) {
        return number <= complete || beyond.contains(number);
    }

    void add(long number) {
        if (number > complete) {
            beyond.add(number);
        }
        while (beyond.remove(complete + 1)) {
            complete++;
        }
    }

    /** Starts over from a number: whatever was before it is dealt with in another way. */
    void skipTo(long number) {
        complete = Math.max(complete, number);
        beyond.headSet(complete, true).clear();
        add(complete);
    }
}
