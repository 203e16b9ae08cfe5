package io.rollcall.notification;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a WebSocket client sends, in whatever pieces it arrives, apart into messages (RFC 6455 §5). Not safe for use
 * by several threads.
 */
final class FrameReader {
    private static final byte[] NOTHING = {};
    private static final int CONTROL_MOST = 125;

    private final Receiver receiver;
    private final int mostBytes;
    /** The beginning of a frame whose end has not arrived; nothing most of the time, for most connections are silent. */
    private byte[] kept = NOTHING;

    private int keptLength;
    /** What is being read: what just arrived, or what was kept and that. */
    private byte[] buffer = NOTHING;

    private int end;
    /** What has come of a message that is sent in parts; null while none is. */
    private @Nullable ByteArrayOutputStream parts;

    /** Who gets the messages. */
    interface Receiver {
        void message(byte[] text);

        void ping(byte[] payload);

        void closing();
    }

    /** The client broke the protocol; the connection must be closed with the code (RFC 6455 §7.4.1). */
    static final class Violation extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        Violation(int code, String reason) {
            super(reason, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** @param mostBytes how long a message may be */
    FrameReader(Receiver receiver, int mostBytes) {
        this.receiver = receiver;
        this.mostBytes = mostBytes;
    }

    /** Takes what arrived; the array may be used for something else afterwards. */
    void read(byte[] bytes, int length) throws Violation {
        if (keptLength == 0) {
            buffer = bytes;
            end = length;
        } else {
            append(bytes, length);
            buffer = kept;
            end = keptLength;
        }
        int start = 0;
        for (int size = frame(start); size > 0; size = frame(start)) {
            start += size;
        }
        keep(start);
    }

    private void append(byte[] bytes, int length) {
        if (kept.length - keptLength < length) {
            kept = Arrays.copyOf(kept, Math.max(kept.length * 2, keptLength + length));
        }
        System.arraycopy(bytes, 0, kept, keptLength, length);
        keptLength += length;
    }

    private void keep(int start) {
        keptLength = end - start;
        if (keptLength == 0) {
            kept = NOTHING;
        } else if (buffer == kept && start > 0) {
            System.arraycopy(kept, start, kept, 0, keptLength);
        } else if (buffer != kept) {
            kept = Arrays.copyOfRange(buffer, start, end);
        }
        buffer = NOTHING;
    }

    /** Reads the frame that starts there; its size, or 0 if it is not complete. */
    private int frame(int start) throws Violation {
        int available = end - start;
        if (available < 2) {
            return 0;
        }
        int first = buffer[start] & 0xff;
        int second = buffer[start + 1] & 0xff;
        if ((first & 0x70) != 0 || (second & 0x80) == 0) {
            throw new Violation(1002, "reserved bits set, or not masked");
        }
        int lengthBytes = (second & 0x7f) == 127 ? 8 : (second & 0x7f) == 126 ? 2 : 0;
        int header = 2 + lengthBytes + 4;
        if (available < header) {
            return 0;
        }
        long length = lengthBytes == 0 ? second & 0x7f : number(start + 2, lengthBytes);
        boolean last = (first & 0x80) != 0;
        int opcode = first & 0x0f;
        check(opcode, last, length);
        int size = header + (int) length;
        if (available < size) {
            return 0;
        }
        dispatch(opcode, last, unmasked(start + header, (int) length));
        return size;
    }

    private void check(int opcode, boolean last, long length) throws Violation {
        boolean control = opcode >= Frames.CLOSE;
        if (control && (!last || length > CONTROL_MOST)) {
            throw new Violation(1002, "control frame too long or in parts");
        }
        int before = control || parts == null ? 0 : parts.size();
        if (length < 0 || length + before > mostBytes) {
            throw new Violation(1009, "message too long");
        }
        if (opcode == Frames.BINARY) {
            throw new Violation(1003, "send text");
        }
        boolean known = opcode == Frames.CONTINUATION || opcode == Frames.TEXT || control && opcode <= Frames.PONG;
        if (!known || !control && (parts != null) != (opcode == Frames.CONTINUATION)) {
            throw new Violation(1002, "frame out of place");
        }
    }

    private void dispatch(int opcode, boolean last, byte[] payload) throws Violation {
        switch (opcode) {
            case Frames.CLOSE -> receiver.closing();
            case Frames.PING -> receiver.ping(payload);
            case Frames.PONG -> {}
            default -> part(last, payload);
        }
    }

    private void part(boolean last, byte[] payload) throws Violation {
        ByteArrayOutputStream before = parts;
        if (before == null && last) {
            message(payload);
            return;
        }
        // not copied whole for each part: a client may send a hundred thousand of them, or empty ones without end
        ByteArrayOutputStream all = before == null ? new ByteArrayOutputStream(payload.length) : before;
        all.writeBytes(payload);
        parts = last ? null : all;
        if (last) {
            message(all.toByteArray());
        }
    }

    private void message(byte[] whole) throws Violation {
        if (!isText(whole)) {
            throw new Violation(1007, "not UTF-8");
        }
        receiver.message(whole);
    }

    /** Most messages are ASCII alone, which is told at once. */
    private static boolean isText(byte[] bytes) {
        int all = 0;
        for (byte b : bytes) {
            all |= b;
        }
        if (all >= 0) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private byte[] unmasked(int at, int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (buffer[at + i] ^ buffer[at - 4 + (i & 3)]);
        }
        return payload;
    }

    private long number(int at, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | buffer[at + i] & 0xff;
        }
        return number;
    }
}
