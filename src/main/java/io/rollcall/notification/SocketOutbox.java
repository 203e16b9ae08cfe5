package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.metrics.Metrics;
import io.rollcall.subscription.Subscriptions;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A watcher over WebSocket. Answers to its own requests go before news. */
final class SocketOutbox extends Outbox {
    private final Session session;
    private final Connections connections;
    private final Metrics metrics;
    private final Deque<String> unsent = new ArrayDeque<>();
    private boolean sending;
    private boolean batch;

    SocketOutbox(
            Caller caller,
            Format format,
            Subscriptions registry,
            Session session,
            Connections connections,
            Metrics metrics) {
        super(caller, format, registry);
        this.session = session;
        this.connections = connections;
        this.metrics = metrics;
    }

    /** Answers a request of the client. */
    synchronized void answer(String json) {
        unsent.addFirst(json);
        sendNext();
    }

    @Override
    void write(List<Notification> notifications) {
        batch = true;
        notifications.forEach(notification -> unsent.addLast(notification.message(format())));
        metrics.notifications().increment(notifications.size());
        sendNext();
    }

    @Override
    void writeKeepAlive() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            written();
        } catch (IOException | RuntimeException gone) {
            connections.remove(this);
        }
    }

    /** One send in flight; the container loses what is sent while another is unfinished. */
    private void sendNext() {
        if (sending || unsent.isEmpty()) {
            return;
        }
        sending = true;
        try {
            session.getAsyncRemote().sendText(unsent.pollFirst(), this::sent);
        } catch (RuntimeException gone) {
            connections.remove(this);
        }
    }

    private void sent(SendResult result) {
        if (!result.isOK()) {
            connections.remove(this);
            return;
        }
        synchronized (this) {
            sending = false;
            if (unsent.isEmpty() && batch) {
                batch = false;
                written();
            }
            sendNext();
        }
    }

    @Override
    void disconnect() {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "connect again"));
        } catch (IOException | IllegalStateException gone) {
            // closed already
        }
    }
}
