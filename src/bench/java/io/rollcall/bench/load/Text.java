package io.rollcall.bench.load;

import java.util.Arrays;

/** Bytes put together for sending; one object for many messages. */
final class Text {
    private byte[] bytes = new byte[1024];
    private int length;
    private Text frame;

    Text clear() {
        length = 0;
        return this;
    }

    Text put(byte b) {
        room(1);
        bytes[length++] = b;
        return this;
    }

    Text put(byte[] b) {
        return put(b, 0, b.length);
    }

    Text put(byte[] b, int from, int count) {
        room(count);
        System.arraycopy(b, from, bytes, length, count);
        length += count;
        return this;
    }

    Text put(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        room(digits);
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Where this text is wrapped in a frame. */
    Text frame() {
        if (frame == null) {
            frame = new Text();
        }
        return frame;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
