package io.rollcall.bench.load;

/** The head of an HTTP answer, as far as the benchmark needs it; one object for many answers. */
final class Head {
    private static final byte[] END = Scan.bytes("\r\n\r\n");
    private static final byte[] LENGTH = Scan.bytes("content-length:");
    private static final byte[] ENCODING = Scan.bytes("transfer-encoding:");
    private static final byte[] TAG = Scan.bytes("etag:");
    private static final byte[] LOCATION = Scan.bytes("location:");
    private static final int STATUS = 9;
    private static final int CASE = 0x20;

    int status;
    boolean chunked;
    int length;
    /** Where the entity-tag stands, without its quotes; equal where there is none. */
    int tagFrom;

    int tagTo;
    /** Where the last segment of the location stands; equal where there is none. */
    int nameFrom;

    int nameTo;

    /** Reads the head that starts here; returns where the body starts, or -1 if it is not complete. */
    int read(byte[] b, int from, int to) {
        int body = Scan.after(b, from, to, END);
        if (body < 0) {
            return -1;
        }
        status = (int) Scan.number(b, from + STATUS, body);
        chunked = false;
        length = 0;
        tagFrom = tagTo = nameFrom = nameTo = 0;
        int line = Scan.indexOf(b, from, body, '\n') + 1;
        while (line < body - 2) {
            int end = Scan.indexOf(b, line, body, '\n');
            header(b, line, end - 1);
            line = end + 1;
        }
        return body;
    }

    private void header(byte[] b, int from, int to) {
        switch (b[from] | CASE) {
            case 'c' -> {
                if (Scan.isHeader(b, from, to, LENGTH)) {
                    length = (int) Scan.number(b, from + LENGTH.length, to);
                }
            }
            case 't' -> chunked |= Scan.isHeader(b, from, to, ENCODING);
            case 'e' -> {
                if (Scan.isHeader(b, from, to, TAG)) {
                    tagFrom = Scan.indexOf(b, from, to, '"') + 1;
                    tagTo = Scan.indexOf(b, tagFrom, to, '"');
                }
            }
            case 'l' -> {
                if (Scan.isHeader(b, from, to, LOCATION)) {
                    nameTo = to;
                    nameFrom = to;
                    while (b[nameFrom - 1] != '/') {
                        nameFrom--;
                    }
                }
            }
            default -> {
                // of no interest
            }
        }
    }

    /** Where the chunk that starts here has its content, or -1 if its length is not complete. */
    static int chunkContent(byte[] b, int from, int to) {
        int end = Scan.indexOf(b, from, to, '\n');
        return end < 0 ? -1 : end + 1;
    }

    static int chunkLength(byte[] b, int from, int to) {
        int length = 0;
        for (int at = from; at < to; at++) {
            int digit = Character.digit(b[at], 16);
            if (digit < 0) {
                break;
            }
            length = length * 16 + digit;
        }
        return length;
    }

    /** Where a chunked body ends, or -1 if it is not complete. */
    static int chunksEnd(byte[] b, int from, int to) {
        int at = from;
        while (true) {
            int content = chunkContent(b, at, to);
            if (content < 0) {
                return -1;
            }
            int length = chunkLength(b, at, content);
            at = content + length + 2;
            if (at > to) {
                return -1;
            }
            if (length == 0) {
                return at;
            }
        }
    }
}
