package io.rollcall.notification;

import java.util.TreeSet;

/** Which groups this node has dealt with: all up to a number, and some beyond it. Not safe for several threads. */
final class Progress {
    private long reached;
    private final TreeSet<Long> beyond = new TreeSet<>();

    Progress(long reached) {
        this.reached = reached;
    }

    /** All groups up to this number are dealt with. */
    long reached() {
        return reached;
    }

    boolean includes(long number) {
        return number <= reached || beyond.contains(number);
    }

    void add(long number) {
        if (number > reached) {
            beyond.add(number);
        }
        while (beyond.remove(reached + 1)) {
            reached++;
        }
    }

    /**
     * The id that a change in a group goes out with, which its watchers may resume after: not beyond a group that is still to
     * come, nor after one of which they may be told more.
     *
     * @param watched to how many of the accounts in the group anybody is subscribed
     */
    long idFor(long number, long watched) {
        return watched <= 1 && number <= reached + 1 ? number : reached;
    }

    /** Whether the group that comes next is forgotten already, where that number is the oldest that is still known. */
    boolean isTooLate(long oldest) {
        return oldest > reached + 1;
    }

    /** Starts over from a number: whatever was before it is dealt with in another way. */
    void skipTo(long number) {
        reached = Math.max(reached, number);
        beyond.headSet(reached, true).clear();
        add(reached);
    }
}
