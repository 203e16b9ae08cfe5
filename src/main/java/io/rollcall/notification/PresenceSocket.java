package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Callers;
import io.rollcall.http.Problems;
import io.rollcall.http.Requests;
import io.rollcall.metrics.Metrics;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.publication.Publications;
import io.rollcall.publication.Published;
import io.rollcall.subscription.Subscriptions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/socket}: publishing and watching over one WebSocket, one JSON object a message. */
@ServerEndpoint(value = "/api/socket", configurator = SocketConfigurator.class)
@Dependent
public class PresenceSocket {
    private static final int LOGGED_IN = 201;
    private static final int OK = 200;
    private static final int LOGGED_OUT = 204;

    @Inject
    private Connections connections;

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private Publications publications;

    @Inject
    private Metrics metrics;

    private @Nullable SocketOutbox outbox;

    @OnOpen
    public void open(Session session) throws IOException {
        Caller caller = SocketConfigurator.caller(session);
        Format format = session.getRequestParameterMap().getOrDefault("format", List.of("json")).contains("pidf")
                ? Format.PIDF
                : Format.JSON;
        session.setMaxIdleTimeout(0);
        SocketOutbox opened = new SocketOutbox(caller, format, subscriptions, session, connections, metrics);
        try {
            connections.add(opened);
            outbox = opened;
        } catch (Problem full) {
            session.close(new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, full.detail()));
        }
    }

    @OnMessage(maxMessageSize = 128 * 1024)
    public void message(String text) {
        SocketOutbox to = outbox;
        if (to == null) {
            return;
        }
        String ref = null;
        try {
            SocketMessage message = SocketMessage.read(text);
            ref = message.ref;
            act(message, to);
        } catch (RuntimeException refused) {
            Problem problem = Problems.problem(refused);
            to.answer(answer(ref, problem.kind().status(), ",\"problem\":" + problem.toJson()));
        }
    }

    @OnClose
    public void close() {
        if (outbox != null) {
            connections.remove(outbox);
        }
    }

    @OnError
    public void error(Throwable gone) {
        close();
    }

    private void act(SocketMessage message, SocketOutbox from) {
        switch (message.type) {
            case "subscribe" -> subscribe(message, from);
            case "unsubscribe" -> unsubscribe(message, from);
            case "login" -> {
                Address account = publishedFor(message, from.caller());
                if (!message.publishes()) {
                    throw new Problem(Kind.INVALID_REQUEST, "A login publishes: send state, or pidf");
                }
                reply(
                        publications.login(
                                account,
                                message.publication(account.toString()),
                                message.expires,
                                message.publicationSize()),
                        message,
                        LOGGED_IN,
                        from);
            }
            case "modify" -> modify(message, from);
            case "refresh" ->
                reply(
                        publications.refresh(
                                publishedFor(message, from.caller()), tuple(message), tag(message), message.expires),
                        message,
                        OK,
                        from);
            case "logout" ->
                reply(
                        publications.logout(publishedFor(message, from.caller()), tuple(message), tag(message)),
                        message,
                        LOGGED_OUT,
                        from);
            default ->
                throw new Problem(
                        Kind.INVALID_REQUEST,
                        "type is one of subscribe, unsubscribe, login, modify, refresh, logout; not '" + message.type + "'");
        }
    }

    private void modify(SocketMessage message, SocketOutbox from) {
        Address account = publishedFor(message, from.caller());
        if (!message.publishes()) {
            throw new Problem(Kind.INVALID_REQUEST, "A modify publishes: send state, or pidf; or send refresh");
        }
        reply(
                publications.modify(
                        account,
                        tuple(message),
                        tag(message),
                        message.publication(account.toString()),
                        message.expires,
                        message.publicationSize()),
                message,
                OK,
                from);
    }

    private void subscribe(SocketMessage message, SocketOutbox from) {
        Set<Address> addresses = addresses(message);
        connections.checkRoom(from, addresses.size());
        from.answer(answer(message.ref, OK, ""));
        connections.subscribe(from, addresses, null);
    }

    private void unsubscribe(SocketMessage message, SocketOutbox from) {
        addresses(message).forEach(address -> from.unsubscribe(address.toString()));
        from.answer(answer(message.ref, OK, ""));
    }

    private static Set<Address> addresses(SocketMessage message) {
        if (message.accounts.isEmpty()) {
            throw new Problem(Kind.INVALID_REQUEST, "Name the accounts: \"accounts\":[\"alice@example.com\"]");
        }
        Set<Address> addresses = new LinkedHashSet<>();
        message.accounts.forEach(account -> addresses.add(Requests.address(account)));
        return addresses;
    }

    /** The account that is published for: the caller's own where the message names none. */
    private static Address publishedFor(SocketMessage message, Caller caller) {
        Address account = message.account == null ? caller.account() : Requests.address(message.account);
        caller.mustBePublisherFor(account);
        return account;
    }

    private static String tuple(SocketMessage message) {
        return message.required(message.tuple, "tuple");
    }

    private static String tag(SocketMessage message) {
        if (message.etag == null) {
            throw new Problem(Kind.CONDITION_REQUIRED, "Send etag as the last answer carried it");
        }
        String tag = message.etag;
        boolean quoted = tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"");
        return quoted ? tag.substring(1, tag.length() - 1) : tag;
    }

    private static void reply(
            CompletableFuture<Published> publication, SocketMessage message, int status, SocketOutbox to) {
        publication.whenComplete((published, failure) -> {
            if (failure != null) {
                Problem problem = Problems.problem(failure);
                to.answer(answer(message.ref, problem.kind().status(), ",\"problem\":" + problem.toJson()));
            } else {
                String tag = status == LOGGED_OUT ? "" : ",\"etag\":\"" + published.presentity().entityTag()
                        + "\",\"expires\":" + published.expires();
                to.answer(answer(
                        message.ref, status, ",\"tuple\":\"" + published.presentity().tupleId() + '"' + tag));
            }
        });
    }

    private static String answer(@Nullable String ref, int status, String members) {
        StringBuilder json = new StringBuilder(128).append("{\"type\":\"answer\",\"ref\":");
        if (ref == null) {
            json.append("null");
        } else {
            JsonText.append(json, ref);
        }
        return json.append(",\"status\":").append(status).append(members).append('}').toString();
    }
}
