package io.rollcall.client;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bare connection, for what no decent client does. */
public final class RawSocket implements AutoCloseable {
    private static final int CLOSE = 8;
    /** Small, so that one who does not read is soon full. */
    private static final int SMALL = 4096;

    private static final int ORDINARY = 64 * 1024;

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(URI server, int receiveBuffer) throws IOException {
        Socket plain = new Socket();
        plain.setReceiveBufferSize(receiveBuffer);
        plain.setTcpNoDelay(true);
        plain.setSoTimeout((int) Await.PATIENCE.toMillis());
        plain.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket = server.getScheme().equals("https") ? Tls.over(plain) : plain;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** One that reads as fast as others do. */
    static RawSocket ordinary(String server) throws IOException {
        return new RawSocket(URI.create(server), ORDINARY);
    }

    /** Sends a request as it is, line ends and all. */
    public static RawSocket send(byte[] request) throws IOException {
        return send(URI.create(Client.SERVER), request);
    }

    private static RawSocket send(URI server, byte[] request) throws IOException {
        RawSocket opened = new RawSocket(server, SMALL);
        opened.write(request);
        return opened;
    }

    /** A GET request of a demo person; nothing of the answer is read. */
    public static RawSocket get(String name, String path, String... headers) throws IOException {
        return get(URI.create(Client.SERVER), name, path, headers);
    }

    private static RawSocket get(URI server, String name, String path, String... headers) throws IOException {
        return send(server, request(server, name, path, headers));
    }

    private static byte[] request(URI server, String name, String path, String... headers) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nAuthorization: " + basic(name) + "\r\n" + String.join("\r\n", headers)
                + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
        return request.getBytes(StandardCharsets.UTF_8);
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
        return webSocket(Client.SERVER, name, query);
    }

    public static RawSocket webSocket(String server, String name, String query) throws IOException {
        URI address = URI.create(server);
        return new RawSocket(address, SMALL).upgraded(address, name, query);
    }

    /** One that reads as fast as others do. */
    public static RawSocket ordinaryWebSocket(String server, String name) throws IOException {
        return ordinary(server).upgraded(URI.create(server), name, "");
    }

    private RawSocket upgraded(URI server, String name, String query) throws IOException {
        write(request(
                server,
                name,
                "/api/socket" + query,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        String status = line();
        if (!status.contains(" 101")) {
            throw new AssertionError("No WebSocket: " + status);
        }
        while (!line().isEmpty()) {
            // the rest of the head
        }
        return this;
    }

    public static String basic(String name) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ':' + name).getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a text frame. */
    public void writeText(String text) throws IOException {
        write(frame(text));
    }

    /** A text frame, masked with zeros. */
    static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) 0x81);
        frame.put((byte) (0x80 | 126)).putShort((short) payload.length).putInt(0).put(payload);
        return frame.array();
    }

    /** A whole answer, whose length its head must tell; the connection stays open. */
    Answer answer() throws IOException {
        int status = status();
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] parts = line.split(": ?", 2);
            headers.computeIfAbsent(parts[0], any -> new ArrayList<>()).add(parts[1]);
        }
        Answer head = new Answer(status, HttpHeaders.of(headers, (name, value) -> true), new byte[0]);
        return new Answer(status, head.headers(), in.readNBytes(Integer.parseInt(head.header("Content-Length"))));
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

    /** Reads until the connection ends, in whatever way; it must not take for ever. */
    public void untilEnd() {
        long deadline = System.nanoTime() + Await.PATIENCE.toNanos();
        try {
            while (in.read() >= 0) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("The connection goes on");
                }
            }
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("The connection stays open", silent);
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
