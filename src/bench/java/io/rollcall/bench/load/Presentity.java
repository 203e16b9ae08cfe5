package io.rollcall.bench.load;

import java.util.Arrays;

/** An account with its one presentity, as the load generator knows it. */
final class Presentity {
    private static final byte[] ANY = {'*'};

    final int index;
    final byte[] account;
    /** The tuple id; null before the login. */
    byte[] tuple;

    byte[] tag = ANY;
    int tagLength = ANY.length;
    /** How often it published: every state differs from the one before. */
    long count;

    /** When the latest publication was sent, or should have been. */
    long sentAt;

    /** The highest version any watcher has seen, and what that was when the latest publication was sent. */
    long newest;

    long before;
    /** How many watchers have not seen the latest publication, or a later one. */
    int missing;

    boolean answered = true;

    Presentity(int index, String account) {
        this.index = index;
        this.account = Scan.bytes(account);
    }

    void tag(byte[] b, int from, int to) {
        int length = to - from;
        if (tag.length < length) {
            tag = new byte[length + 8];
        }
        System.arraycopy(b, from, tag, 0, length);
        tagLength = length;
    }

    void tuple(byte[] b, int from, int to) {
        if (tuple == null) {
            tuple = Arrays.copyOfRange(b, from, to);
        }
    }

    /** Whether any tag will do: the first time for one that was stored beforehand. */
    boolean anyTag() {
        return tagLength == 1;
    }
}
