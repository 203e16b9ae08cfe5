package io.rollcall.bench.load;

import java.io.IOException;
import java.util.Arrays;

/** A stream of server-sent events. */
abstract class EventsLink extends Link {
    private static final byte[] END = Scan.bytes("\n\n");
    private static final byte[] NOTHING = new byte[0];
    private static final int OK = 200;

    private boolean open;
    private boolean chunked;
    private byte[] begun = NOTHING;

    /** The stream has begun. */
    abstract void opened() throws IOException;

    /** Takes an event, or a comment. */
    abstract void event(byte[] b, int from, int to);

    final void request(String path, Target target) throws IOException {
        byte[] request = Scan.bytes(
                "GET " + path + " HTTP/1.1\r\n" + target.headers() + "Accept: text/event-stream\r\n\r\n");
        send(request, request.length);
    }

    @Override
    final int received(byte[] b, int from, int to) throws IOException {
        int at = from;
        if (!open) {
            Head head = new Head();
            at = head.read(b, from, to);
            if (at < 0) {
                return from;
            }
            if (head.status != OK) {
                throw new IOException("the stream was answered with " + head.status);
            }
            open = true;
            chunked = head.chunked;
            opened();
        }
        return chunked ? chunks(b, at, to) : content(b, at, to);
    }

    private int chunks(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            int content = Head.chunkContent(b, at, to);
            int end = content < 0 ? -1 : content + Head.chunkLength(b, at, content);
            if (end < 0 || end + 2 > to) {
                return at;
            }
            content(b, content, end);
            at = end + 2;
        }
        return at;
    }

    private int content(byte[] b, int from, int to) {
        if (begun.length > 0) {
            byte[] all = Arrays.copyOf(begun, begun.length + to - from);
            System.arraycopy(b, from, all, begun.length, to - from);
            begun = NOTHING;
            events(all, 0, all.length);
        } else {
            events(b, from, to);
        }
        return to;
    }

    private void events(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            int end = Scan.after(b, at, to, END);
            if (end < 0) {
                begun = Arrays.copyOfRange(b, at, to);
                return;
            }
            event(b, at, end);
            at = end;
        }
    }
}
