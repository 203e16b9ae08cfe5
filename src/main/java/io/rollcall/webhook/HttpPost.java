package io.rollcall.webhook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 request with a body, to an address that was looked up and examined before: what connects is exactly that
 * address, whatever its name stands for by then. The platform's own clients look names up themselves, and follow what
 * they are told. No redirect is followed, and of the answer only its head and so much of its body as is short are read.
 */
final class HttpPost implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_HEAD = 16 * 1024;
    private static final int MOST_BODY = 64 * 1024;

    private final URI url;
    private final Socket socket = new Socket();

    HttpPost(URI url) {
        this.url = url;
    }

    /** The head of an answer; names of fields in lower case. */
    record Answer(int status, Map<String, String> fields) {}

    /**
     * Sends the request and waits for the answer.
     *
     * @param wanted asked when all is ready: if not, nothing is sent
     * @throws IOException if there is no answer, or it is no HTTP; also after {@link #abort}, and if it is not wanted
     */
    Answer send(
            InetAddress address,
            SSLSocketFactory secure,
            Map<String, String> fields,
            byte[] body,
            BooleanSupplier wanted)
            throws IOException {
        socket.connect(new InetSocketAddress(address, Targets.port(url)), CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        Socket stream = Targets.isSecure(url) ? secured(secure) : socket;
        ByteArrayOutputStream request = new ByteArrayOutputStream(body.length + 1024);
        request.writeBytes(head(fields, body.length).getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        if (!wanted.getAsBoolean()) {
            throw new IOException("not wanted any more");
        }
        request.writeTo(stream.getOutputStream());
        InputStream in = new BufferedInputStream(stream.getInputStream());
        Answer answer = answer(in);
        // an answer between, such as 100 or 103, has no body
        while (answer.status < 200) {
            answer = answer(in);
        }
        skipBody(in, answer);
        return answer;
    }

    @Override
    public void close() {
        abort();
    }

    /** Ends it, also while another thread sends. */
    void abort() {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // nothing is left to be done
        }
    }

    private Socket secured(SSLSocketFactory factory) throws IOException {
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, url.getHost(), Targets.port(url), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private String head(Map<String, String> fields, int length) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder head = new StringBuilder(512)
                .append("POST ")
                .append(url.getRawQuery() == null ? path : path + '?' + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getPort() < 0 ? url.getHost() : url.getHost() + ':' + url.getPort())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        fields.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    static Answer answer(InputStream in) throws IOException {
        int[] left = {MOST_HEAD};
        String[] status = line(in, left).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("no answer in HTTP/1.1");
        }
        Map<String, String> fields = new HashMap<>();
        for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
            }
        }
        return new Answer(Integer.parseInt(status[1]), fields);
    }

    private static String line(InputStream in, int[] left) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the answer ended before it was complete");
            }
            if (--left[0] < 0) {
                throw new IOException("the answer's head is too long");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** A short body is read, for who is cut off while writing it might take that for a failure of its own. */
    private static void skipBody(InputStream in, Answer answer) {
        String length = answer.fields.getOrDefault("content-length", "0");
        try {
            if (length.matches("[0-9]{1,5}")) {
                in.skipNBytes(Math.min(MOST_BODY, Integer.parseInt(length)));
            }
        } catch (IOException cutOff) {
            // the head has said all that counts
        }
    }
}
