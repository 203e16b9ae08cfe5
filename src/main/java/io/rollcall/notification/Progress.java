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

    /**
     * What a watcher that is told of a change in a group may resume after: not beyond a group that is still to come, nor
     * after one of which it may be told more.
     *
     * @param watched to how many of the accounts in the group anybody is subscribed
     */
    long claim(long number, long watched) {
        return watched <= 1 && number <= complete + 1 ? number : complete;
    }

    /** Whether the group that comes next is forgotten already, where that number is the oldest that is still known. */
    boolean isTooLate(long oldest) {
        return oldest > complete + 1;
    }

    /** Starts over from a number: whatever was before it is dealt with in another way. */
    void skipTo(long number) {
        complete = Math.max(complete, number);
        beyond.headSet(complete, true).clear();
        add(complete);
    }
}
