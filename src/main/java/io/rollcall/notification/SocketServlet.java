package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.http.Callers;
import io.rollcall.http.Format;
import io.rollcall.http.ProblemPage;
import io.rollcall.http.Problems;
import io.rollcall.http.RemoteAddress;
import io.rollcall.http.Sessions;
import io.rollcall.metrics.Metrics;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.Subscriptions;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/socket}: publishing and watching over one WebSocket, one JSON object a message. The handshake is
 * answered here (RFC 6455 §4.2) rather than by the container, because only so can many notifications for one watcher,
 * each a message of its own, go out in one write.
 */
@WebServlet(urlPatterns = "/api/socket", asyncSupported = true)
public class SocketServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    @Inject
    private transient Callers callers;

    @Inject
    private transient RemoteAddress remote;

    @Inject
    private transient Connections connections;

    @Inject
    private transient Subscriptions subscriptions;

    @Inject
    private transient SocketRequests requests;

    @Inject
    private transient Metrics metrics;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        SocketConnection waiting = null;
        try {
            Caller caller = callers.of(request);
            String accept = accept(request, response);
            Format format = Format.ofParameter(request.getParameter("format"));
            SocketConnection connection = new SocketConnection(
                    caller, remote.of(request), format, subscriptions, requests, connections, metrics);
            connections.add(connection, Sessions.of(request));
            waiting = connection;
            response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Connection", "Upgrade");
            response.setHeader("Sec-WebSocket-Accept", accept);
            request.upgrade(SocketUpgrade.class).handTo(connection);
            waiting = null;
        } catch (RuntimeException refused) {
            ProblemPage.write(response, Problems.problem(refused));
        } finally {
            if (waiting != null) {
                connections.remove(waiting);
            }
        }
    }

    /** What answers the client's key. */
    private static String accept(HttpServletRequest request, HttpServletResponse response) {
        String key = request.getHeader("Sec-WebSocket-Key");
        boolean handshake = "websocket".equalsIgnoreCase(request.getHeader("Upgrade")) && isKey(key);
        if (!handshake || !"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
            response.setHeader("Sec-WebSocket-Version", "13");
            response.setHeader("Upgrade", "websocket");
            throw new Problem(Kind.UPGRADE_REQUIRED, "Connect with a WebSocket client, version 13");
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
