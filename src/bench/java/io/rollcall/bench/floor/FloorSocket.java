package io.rollcall.bench.floor;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends back what it is sent, and passes broadcasts on. */
@ServerEndpoint("/socket")
public class FloorSocket {
    private static final Set<Session> OPEN = ConcurrentHashMap.newKeySet();

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0);
        OPEN.add(session);
    }

    @OnClose
    public void close(Session session) {
        OPEN.remove(session);
    }

    @OnMessage
    public String echo(String message) {
        return message;
    }

    static void broadcast(String message) throws IOException {
        for (Session session : OPEN) {
            synchronized (session) {
                session.getBasicRemote().sendText(message);
            }
        }
    }
}
