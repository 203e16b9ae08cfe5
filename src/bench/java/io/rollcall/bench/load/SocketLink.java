package io.rollcall.bench.load;

import java.io.IOException;

/** A WebSocket connection (RFC 6455), client side. */
abstract class SocketLink extends Link {
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int SWITCHING = 101;

    private boolean open;

    /** The handshake is done. */
    abstract void opened() throws IOException;

    /** Takes a text message. */
    abstract void message(byte[] b, int from, int to) throws IOException;

    final void shakeHands(String path, Target target) throws IOException {
        byte[] request = Scan.bytes("GET " + path + " HTTP/1.1\r\n" + target.headers()
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
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
            if (head.status != SWITCHING) {
                throw new IOException("the handshake was answered with " + head.status);
            }
            open = true;
            opened();
        }
        while (to - at >= 2) {
            int end = frame(b, at, to);
            if (end < 0) {
                return at;
            }
            at = end;
        }
        return at;
    }

    /** Takes the frame that starts here; returns where it ends, or -1 if it is not complete. */
    private int frame(byte[] b, int at, int to) throws IOException {
        long length = b[at + 1] & 0x7f;
        int content = at + 2;
        if (length == TWO_BYTES) {
            content += 2;
            length = to < content ? 0 : (b[at + 2] & 0xff) << 8 | b[at + 3] & 0xff;
        } else if (length == EIGHT_BYTES) {
            throw new IOException("a frame is longer than 64 KB");
        }
        if (to < content + length) {
            return -1;
        }
        int end = content + (int) length;
        int opcode = b[at] & OPCODE;
        if (opcode == TEXT && (b[at] & FINAL) != 0) {
            message(b, content, end);
        } else if (opcode == PING) {
            send(new byte[] {(byte) (FINAL | PONG), (byte) MASKED, 0, 0, 0, 0}, 6);
        } else if (opcode == CLOSE) {
            throw new IOException("the server closed the WebSocket: " + closeReason(b, content, end));
        } else if (opcode != PONG) {
            throw new IOException("a frame of kind " + Integer.toHexString(b[at]) + " was not expected");
        }
        return end;
    }

    private static String closeReason(byte[] b, int from, int to) {
        if (to - from < 2) {
            return "no reason";
        }
        return ((b[from] & 0xff) << 8 | b[from + 1] & 0xff) + " " + Scan.text(b, from + 2, to);
    }

    /** Sends a text message; masked as a client must, with a mask that leaves it as it is. */
    final void sendText(Text text) throws IOException {
        int length = text.length();
        Text frame = text.frame();
        frame.clear().put((byte) (FINAL | TEXT));
        if (length < TWO_BYTES) {
            frame.put((byte) (MASKED | length));
        } else {
            frame.put((byte) (MASKED | TWO_BYTES)).put((byte) (length >> 8)).put((byte) length);
        }
        frame.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0);
        frame.put(text.bytes(), 0, length);
        send(frame.bytes(), frame.length());
    }
}
