package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.http.Format;
import io.rollcall.metrics.Metrics;
import io.rollcall.subscription.Subscriptions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.nio.charset.StandardCharsets;

/** A watcher over server-sent events (WHATWG HTML §9.2). */
final class EventStream extends Connection implements AsyncListener {
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final Format format;
    private final AsyncContext request;
    private final Connections connections;
    private final Metrics metrics;
    private final boolean listed;

    EventStream(
            Caller caller,
            Format format,
            Subscriptions registry,
            AsyncContext request,
            Connections connections,
            Metrics metrics,
            boolean listed) {
        super(caller, registry);
        this.format = format;
        this.request = request;
        this.connections = connections;
        this.metrics = metrics;
        this.listed = listed;
        request.addListener(this);
    }

    @Override
    public boolean listed() {
        return listed;
    }

    @Override
    byte[] encode(Notification notification) {
        return notification.serverSentEvent(format);
    }

    @Override
    byte[] keepAliveSignal() {
        return KEEP_ALIVE;
    }

    @Override
    void sending(int notifications) {
        metrics.notifications().increment(notifications);
    }

    @Override
    public void gone() {
        connections.remove(this);
    }

    @Override
    void goAway(int millis) {
        answer(("retry: " + millis + "\n\n").getBytes(StandardCharsets.UTF_8));
        end();
    }

    @Override
    protected void disconnect() {
        try {
            request.complete();
        } catch (IllegalStateException alreadyCompleted) {
            // the container was faster
        }
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
