package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.http.Format;
import io.rollcall.metrics.Metrics;
import io.rollcall.subscription.Subscriptions;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A watcher and publisher over WebSocket (RFC 6455), read and written without blocking. */
final class SocketConnection extends Connection implements ReadListener, FrameReader.Receiver {
    private static final byte[] PING = Frames.frame(Frames.PING, new byte[0]);
    private static final int MOST_BYTES = 128 * 1024;
    private static final int MANY_UNANSWERED = 100;
    private static final int MOST_UNANSWERED = 5_000;
    /** One for each thread that reads, not for each connection: most are silent. */
    private static final ThreadLocal<byte[]> RECEIVED = ThreadLocal.withInitial(() -> new byte[8192]);

    private static final int GOING_AWAY = 1001;
    private static final int TOO_MUCH = 1008;

    private final String remote;
    private final Format format;
    private final SocketRequests requests;
    private final Connections connections;
    private final Metrics metrics;
    private final FrameReader frames = new FrameReader(this, MOST_BYTES);
    private volatile long heardAt = System.nanoTime();
    private int underWay;
    /** What is said when the server goes; empty until then. */
    private volatile String farewell = "";
    private @Nullable WebConnection connection;
    private @Nullable ServletInputStream in;

    /** @param remote the network address it comes from */
    SocketConnection(
            Caller caller,
            String remote,
            Format format,
            Subscriptions registry,
            SocketRequests requests,
            Connections connections,
            Metrics metrics) {
        super(caller, registry);
        this.remote = remote;
        this.format = format;
        this.requests = requests;
        this.connections = connections;
        this.metrics = metrics;
    }

    /** The network address it comes from. */
    String remote() {
        return remote;
    }

    /** Begins, after the handshake. */
    void open(WebConnection opened) throws IOException {
        connection = opened;
        ServletInputStream input = opened.getInputStream();
        in = input;
        connect(connections.output(this, opened.getOutputStream()));
        input.setReadListener(this);
        if (isClosed()) {
            // while the handshake was answered: there was nothing to be disconnected yet
            disconnect();
        }
    }

    @Override
    byte[] encode(Notification notification) {
        return notification.frame(format);
    }

    @Override
    byte[] keepAliveSignal() {
        return PING;
    }

    /** Also of one that is told a lot: its answers are what tells that it is there (RFC 6455 §5.5.2). */
    @Override
    synchronized void keepAlive() {
        if (unanswered() == 0) {
            answer(keepAliveSignal());
            flush();
        }
    }

    @Override
    boolean isSilent(long nanos) {
        return System.nanoTime() - heardAt > nanos || super.isSilent(nanos);
    }

    @Override
    void sending(int notifications) {
        metrics.notifications().increment(notifications);
    }

    /** Answers a request of the client; it is written at the next {@link #flush}. */
    void answer(String json) {
        answer(Frames.text(json));
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream input = in;
        if (input == null) {
            return;
        }
        heardAt = System.nanoTime();
        byte[] received = RECEIVED.get();
        try {
            while (input.isReady()) {
                int length = input.read(received);
                if (length < 0) {
                    gone();
                    return;
                }
                frames.read(received, length);
                int unanswered = unanswered();
                if (unanswered > MANY_UNANSWERED) {
                    // who sends without a pause is answered without waiting for one
                    flush();
                }
                if (unanswered > MOST_UNANSWERED) {
                    throw new FrameReader.Violation(TOO_MUCH, "read the answers");
                }
            }
            flush();
        } catch (FrameReader.Violation violation) {
            end(violation.code(), String.valueOf(violation.getMessage()));
        }
    }

    @Override
    public void message(byte[] text) {
        begin();
        try {
            requests.handle(text, this);
        } finally {
            finish();
        }
    }

    @Override
    public void ping(byte[] payload) {
        answer(Frames.frame(Frames.PONG, payload));
    }

    @Override
    public void closing() {
        end(1000, "");
    }

    private void end(int code, String reason) {
        answer(Frames.close(code, reason));
        end();
    }

    @Override
    public void onAllDataRead() {
        gone();
    }

    @Override
    public void onError(Throwable failure) {
        gone();
    }

    @Override
    public void gone() {
        connections.remove(this);
    }

    @Override
    void goAway(int millis) {
        boolean idle;
        synchronized (this) {
            farewell = "connect again in " + millis + " ms";
            idle = underWay == 0;
        }
        if (idle) {
            end(GOING_AWAY, farewell);
        }
    }

    /** Notes a request, or a part of it, that has to be answered before the connection may go. */
    synchronized void begin() {
        underWay++;
    }

    /** Notes the end of what was begun. */
    void finish() {
        boolean last;
        synchronized (this) {
            underWay--;
            last = underWay == 0 && !farewell.isEmpty();
        }
        if (last) {
            end(GOING_AWAY, farewell);
        }
    }

    @Override
    protected void disconnect() {
        WebConnection opened = connection;
        if (opened != null) {
            connections.close(() -> {
                close(opened);
                // the container waits for the client to close first, who need not ever do so (RFC 6455 §7.1.1)
                cut();
            });
        }
    }

    private static void close(WebConnection opened) {
        try {
            opened.close();
        } catch (Exception closedAlready) {
            // nothing is left to be done
        }
    }

}
