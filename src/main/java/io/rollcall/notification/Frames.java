package io.rollcall.notification;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** WebSocket frames as a server writes them: whole, unmasked (RFC 6455 §5). */
final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int ONE_BYTE = 125;
    private static final int TWO_BYTES = 0xffff;

    private Frames() {}

    static byte[] text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A close frame with its status code (RFC 6455 §7.4); the reason is short ASCII. */
    static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        return frame(
                CLOSE,
                ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
    }

    static byte[] frame(int opcode, byte[] payload) {
        int length = payload.length;
        int header = length <= ONE_BYTE ? 2 : length <= TWO_BYTES ? 4 : 10;
        ByteBuffer frame = ByteBuffer.allocate(header + length).put((byte) (FINAL | opcode));
        if (length <= ONE_BYTE) {
            frame.put((byte) length);
        } else if (length <= TWO_BYTES) {
            frame.put((byte) (ONE_BYTE + 1)).putShort((short) length);
        } else {
            frame.put((byte) (ONE_BYTE + 2)).putLong(length);
        }
        return frame.put(payload).array();
    }
}
