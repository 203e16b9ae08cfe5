package io.rollcall.bench.load;

import java.nio.charset.StandardCharsets;

/** Finds things in bytes as they came from the wire, without making strings of them. */
final class Scan {
    private static final int CASE = 0x20;

    private Scan() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static String text(byte[] b, int from, int to) {
        return new String(b, from, to - from, StandardCharsets.UTF_8);
    }

    /** The position after the first occurrence, or -1. */
    static int after(byte[] b, int from, int to, byte[] sought) {
        for (int at = from; at <= to - sought.length; at++) {
            if (b[at] == sought[0] && matches(b, at, sought)) {
                return at + sought.length;
            }
        }
        return -1;
    }

    /** The position after the last occurrence, or -1. */
    static int afterLast(byte[] b, int from, int to, byte[] sought) {
        for (int at = to - sought.length; at >= from; at--) {
            if (b[at] == sought[0] && matches(b, at, sought)) {
                return at + sought.length;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] b, int at, byte[] sought) {
        for (int i = 1; i < sought.length; i++) {
            if (b[at + i] != sought[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether a header of that name, in lower case and with its colon, starts here. */
    static boolean isHeader(byte[] b, int at, int to, byte[] name) {
        if (at + name.length > to) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            byte c = b[at + i];
            if ((c >= 'A' && c <= 'Z' ? c | CASE : c) != name[i]) {
                return false;
            }
        }
        return true;
    }

    static int indexOf(byte[] b, int from, int to, char sought) {
        for (int at = from; at < to; at++) {
            if (b[at] == sought) {
                return at;
            }
        }
        return -1;
    }

    /** The decimal number that starts here, after blanks. */
    static long number(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] == ' ') {
            at++;
        }
        long number = 0;
        while (at < to && b[at] >= '0' && b[at] <= '9') {
            number = number * 10 + b[at++] - '0';
        }
        return number;
    }

    /** The number that ends a name like {@code w2-17@example.com} before its {@code @}. */
    static int lastNumber(byte[] b, int from, int to) {
        int number = 0;
        for (int at = from; at < to && b[at] != '@' && b[at] != '"'; at++) {
            number = b[at] >= '0' && b[at] <= '9' ? number * 10 + b[at] - '0' : 0;
        }
        return number;
    }
}
