package io.rollcall.client;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A bare connection, for what no decent client does. */
public final class RawSocket implements AutoCloseable {
    private static final int CLOSE = 8;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private RawSocket(URI server) throws IOException {
        // small, so that one who does not read is soon full
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Sends a request as it is, line ends and all. */
    public static RawSocket send(byte[] request) throws IOException {
        return send(URI.create(Client.SERVER), request);
    }

    private static RawSocket send(URI server, byte[] request) throws IOException {
        RawSocket opened = new RawSocket(server);
        opened.write(request);
        return opened;
    }

    /** A GET request of a demo person; nothing of the answer is read. */
    public static RawSocket get(String name, String path, String... headers) throws IOException {
        return get(URI.create(Client.SERVER), name, path, headers);
    }

    private static RawSocket get(URI server, String name, String path, String... headers) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nAuthorization: " + basic(name) + "\r\n" + String.join("\r\n", headers)
                + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
        return send(server, request.getBytes(StandardCharsets.UTF_8));
    }

    /** A stream of events, as PIDF, that nobody reads. */
    public static RawSocket unread(String server, String name, String account) throws IOException {
        return get(URI.create(server), name, Client.query("/api/events", account) + "&format=pidf");
    }

    /** A WebSocket after its handshake (RFC 6455 §4.1). */
    public static RawSocket webSocket(String name) throws IOException {
        return webSocket(name, "");
    }

    public static RawSocket webSocket(String name, String query) throws IOException {
        RawSocket opened = get(
                name,
                "/api/socket" + query,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        String status = opened.line();
        if (!status.contains(" 101")) {
            throw new AssertionError("No WebSocket: " + status);
        }
        while (!opened.line().isEmpty()) {
            // the rest of the head
        }
        return opened;
    }

    public static String basic(String name) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ':' + name).getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a text frame, masked with zeros. */
    public void writeText(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) 0x81);
        frame.put((byte) (0x80 | 126)).putShort((short) payload.length).putInt(0).put(payload);
        write(frame.array());
    }

    /** The status code of an answer, 0 if the connection ended without one. */
    public int status() throws IOException {
        String[] words = line().split(" ");
        return words.length < 2 ? 0 : Integer.parseInt(words[1]);
    }

    /** The answer up to the end of the connection. */
    public String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads until the connection ends, in whatever way. */
    public void untilEnd() {
        try {
            rest();
        } catch (IOException reset) {
            // what was not read is lost, which is no surprise
        }
    }

    /** Reads frames up to the closing one, and gives its code. */
    public int closeCode() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte();
            int size = length == 126 ? in.readUnsignedShort() : length;
            byte[] payload = in.readNBytes(size);
            if (opcode == CLOSE) {
                return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
            }
        }
    }

    /** The next frame's payload as text, whatever frame it is. */
    public String text() throws IOException {
        in.readUnsignedByte();
        int length = in.readUnsignedByte();
        long size = length == 127 ? in.readLong() : length == 126 ? in.readUnsignedShort() : length;
        return new String(in.readNBytes((int) size), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
        } catch (EOFException end) {
            return line.toString();
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
