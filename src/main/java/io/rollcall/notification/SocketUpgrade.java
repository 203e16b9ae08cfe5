package io.rollcall.notification;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Hands the connection over once the handshake is answered; the container makes it, and knows no other constructor. */
public class SocketUpgrade implements HttpUpgradeHandler {
    private @Nullable SocketConnection connection;

    void handTo(SocketConnection waiting) {
        connection = waiting;
    }

    @Override
    public void init(WebConnection opened) {
        SocketConnection waiting = connection;
        if (waiting != null) {
            try {
                waiting.open(opened);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }

    @Override
    public void destroy() {
        SocketConnection ended = connection;
        if (ended != null) {
            ended.gone();
        }
    }
}
