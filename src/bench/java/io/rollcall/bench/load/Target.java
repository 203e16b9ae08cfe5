package io.rollcall.bench.load;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The server under load, and what every request to it carries. Its own requests are outside what is measured. */
final class Target {
    private static final byte[] VERSION = Scan.bytes("\"version\":");
    private static final int OK = 200;

    private final String host;
    private final int port;
    private final String cookie;

    private Target(String host, int port, String cookie) {
        this.host = host;
        this.port = port;
        this.cookie = cookie;
    }

    /** The bare container: nobody signs in. */
    static Target floor(String host, int port) {
        return new Target(host, port, null);
    }

    /** Rollcall: signs in once, and has the session cookie from then on. */
    static Target signedIn(String host, int port, String name, String password) throws IOException {
        HttpURLConnection request = open("http://" + host + ":" + port + "/api/me");
        byte[] credentials = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        request.setRequestProperty("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        expect(OK, request);
        String cookie = request.getHeaderField("Set-Cookie");
        if (cookie == null) {
            throw new IOException("signing in brought no session cookie");
        }
        return new Target(host, port, cookie.substring(0, cookie.indexOf(';')));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** The headers of each request, up to but without the empty line. */
    String headers() {
        return "Host: " + host + ":" + port + "\r\n" + (cookie == null ? "" : "Cookie: " + cookie + "\r\n");
    }

    /** The account's version as the server tells it to whoever asks now. */
    long version(String account) throws IOException {
        HttpURLConnection request = open("http://" + host + ":" + port + "/api/accounts/" + account + "/presence");
        request.setRequestProperty("Cookie", cookie);
        request.setRequestProperty("Accept", "application/json");
        expect(OK, request);
        byte[] body = request.getInputStream().readAllBytes();
        return Scan.number(body, Scan.afterLast(body, 0, body.length, VERSION), body.length);
    }

    private static HttpURLConnection open(String url) throws IOException {
        return (HttpURLConnection) URI.create(url).toURL().openConnection();
    }

    private static void expect(int status, HttpURLConnection request) throws IOException {
        if (request.getResponseCode() != status) {
            throw new IOException(request.getURL() + " was answered with " + request.getResponseCode());
        }
    }
}
