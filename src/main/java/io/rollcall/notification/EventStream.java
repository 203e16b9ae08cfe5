package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.metrics.Metrics;
import io.rollcall.subscription.Subscriptions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A watcher over server-sent events (WHATWG HTML §9.2). Written without blocking: whoever brings a change goes on to the
 * next watcher, and the container calls back when a slow one can take more.
 */
final class EventStream extends Outbox implements WriteListener, AsyncListener {
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext request;
    private final ServletOutputStream out;
    private final Connections connections;
    private final Metrics metrics;
    private byte[] unsent = new byte[0];
    private boolean flushing;
    private boolean ready;

    EventStream(
            Caller caller,
            Format format,
            Subscriptions registry,
            AsyncContext request,
            Connections connections,
            Metrics metrics)
            throws IOException {
        super(caller, format, registry);
        this.request = request;
        this.out = request.getResponse().getOutputStream();
        this.connections = connections;
        this.metrics = metrics;
    }

    /** Begins; what was put before is written as soon as the container is ready. */
    void start() {
        request.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    void write(List<Notification> notifications) {
        int length = 0;
        for (Notification notification : notifications) {
            length += notification.serverSentEvent(format()).length;
        }
        byte[] batch = new byte[length];
        int at = 0;
        for (Notification notification : notifications) {
            byte[] event = notification.serverSentEvent(format());
            System.arraycopy(event, 0, batch, at, event.length);
            at += event.length;
        }
        metrics.notifications().increment(notifications.size());
        send(batch);
    }

    @Override
    void writeKeepAlive() {
        send(KEEP_ALIVE);
    }

    private void send(byte[] bytes) {
        unsent = bytes;
        flushing = true;
        pump();
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            ready = true;
            pump();
        }
        flush();
    }

    /** Writes as far as the container takes it; the rest follows when it calls back. Called with the monitor held. */
    private void pump() {
        if (!ready) {
            return;
        }
        try {
            if (unsent.length > 0 && out.isReady()) {
                byte[] bytes = unsent;
                unsent = new byte[0];
                out.write(bytes);
            }
            if (unsent.length == 0 && flushing && out.isReady()) {
                flushing = false;
                out.flush();
            }
            if (!flushing && out.isReady()) {
                written();
            }
        } catch (IOException | RuntimeException gone) {
            connections.remove(this);
        }
    }

    @Override
    void disconnect() {
        try {
            request.complete();
        } catch (IllegalStateException alreadyCompleted) {
            // the container was faster
        }
    }

    @Override
    public void onError(Throwable gone) {
        connections.remove(this);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        connections.remove(this);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        connections.remove(this);
    }

    @Override
    public void onError(AsyncEvent event) {
        connections.remove(this);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // never started again
    }
}
