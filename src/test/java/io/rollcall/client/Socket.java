package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A WebSocket to the server, with what came over it. */
public final class Socket implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().sslContext(Tls.WITH_ANYBODY).build();

    private final Inbox inbox = new Inbox();
    private final WebSocket socket;
    private final AtomicInteger refs = new AtomicInteger();

    private Socket(URI uri, String authorization) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        socket = builder.buildAsync(uri, inbox).join();
    }

    static Socket open(URI uri, String authorization) {
        return new Socket(uri, authorization);
    }

    /** Sends a message as it is. */
    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /** Sends a message with these members and a ref of its own, and gives the answer. */
    public JsonNode ask(String type, String members) {
        String ref = "r" + refs.incrementAndGet();
        send("{\"type\":\"" + type + "\",\"ref\":\"" + ref + '"' + (members.isEmpty() ? "" : "," + members) + '}');
        return next(message -> message.path("type").asText().equals("answer")
                && message.path("ref").asText().equals(ref));
    }

    /** The oldest message that is as wanted; it is given once. */
    public JsonNode next(Predicate<JsonNode> wanted) {
        JsonNode[] found = new JsonNode[1];
        Await.until("a message as wanted came; those that came: " + inbox.all(), () -> {
            found[0] = inbox.take(wanted);
            if (found[0] == null && inbox.closed()) {
                throw new AssertionError("The server closed the connection");
            }
            return found[0] != null;
        });
        return found[0];
    }

    public JsonNode nextPresence(String account) {
        return next(message -> message.path("type").asText().equals("presence")
                && message.path("account").asText().equals(account));
    }

    /** Waits until the server has closed the connection. */
    public int closeCode() {
        Await.until("the server closed the connection", inbox::closed);
        return inbox.code();
    }

    /** The reason that the server gave for closing. */
    public String closeReason() {
        return inbox.reason();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Inbox implements WebSocket.Listener {
        private final Deque<JsonNode> messages = new ArrayDeque<>();
        private final StringBuilder partial = new StringBuilder();
        private int code;
        private String reason = "";

        @Override
        public synchronized CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(Json.read(partial.toString()));
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public synchronized CompletionStage<?> onClose(WebSocket from, int statusCode, String said) {
            code = statusCode;
            reason = said;
            return null;
        }

        @Override
        public synchronized void onError(WebSocket from, Throwable error) {
            code = code == 0 ? -1 : code;
        }

        synchronized JsonNode take(Predicate<JsonNode> wanted) {
            for (JsonNode message : messages) {
                if (wanted.test(message)) {
                    messages.remove(message);
                    return message;
                }
            }
            return null;
        }

        synchronized List<JsonNode> all() {
            return new ArrayList<>(messages);
        }

        synchronized boolean closed() {
            return code != 0;
        }

        synchronized int code() {
            return code;
        }

        synchronized String reason() {
            return reason;
        }
    }
}
