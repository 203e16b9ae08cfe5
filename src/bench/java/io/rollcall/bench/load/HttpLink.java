package io.rollcall.bench.load;

import java.io.IOException;

/** A connection that HTTP requests go over, one after the other. */
abstract class HttpLink extends Link {
    private final Head head = new Head();

    /** Takes an answer; what the head points to is in these bytes. */
    abstract void answered(Head answer, byte[] b) throws IOException;

    @Override
    final int received(byte[] b, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            int body = head.read(b, at, to);
            if (body < 0) {
                return at;
            }
            int end = head.chunked ? Head.chunksEnd(b, body, to) : body + head.length;
            if (end < 0 || end > to) {
                return at;
            }
            at = end;
            answered(head, b);
        }
        return at;
    }
}
