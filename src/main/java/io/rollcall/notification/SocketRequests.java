package io.rollcall.notification;

import io.rollcall.audit.Act;
import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Problems;
import io.rollcall.http.Requests;
import io.rollcall.presentity.Changes;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.publication.Publications;
import io.rollcall.publication.Published;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Does what WebSocket clients ask for, and answers each message with its {@code ref} and an HTTP status code. */
@ApplicationScoped
class SocketRequests {
    private static final int LOGGED_IN = 201;
    private static final int OK = 200;
    private static final int LOGGED_OUT = 204;

    @Inject
    private Connections connections;

    @Inject
    private Subscribing subscribing;

    @Inject
    private Wishes wishes;

    @Inject
    private WatcherFeeds feeds;

    @Inject
    private Publications publications;

    @Inject
    private Changes changes;

    void handle(byte[] text, SocketConnection from) {
        String ref = null;
        try {
            SocketMessage message = SocketMessage.read(text);
            ref = message.ref;
            act(message, from);
        } catch (RuntimeException refused) {
            Problem problem = Problems.problem(refused);
            Object given = problem.extensions().remove(SocketMessage.REF);
            from.answer(refusal(given == null ? ref : given.toString(), problem));
        }
    }

    private void act(SocketMessage message, SocketConnection from) {
        connections.refuseIfLeaving();
        switch (message.type) {
            case "subscribe" -> subscribe(message, from);
            case "unsubscribe" -> unsubscribe(message, from);
            case "login" -> login(message, from);
            case "modify" -> modify(message, from);
            case "refresh" -> refresh(message, from);
            case "logout" -> logout(message, from);
            default ->
                throw new Problem(
                        Kind.INVALID_REQUEST,
                        "type is one of subscribe, unsubscribe, login, modify, refresh, logout; not '" + message.type + "'");
        }
    }

    private void login(SocketMessage message, SocketConnection from) {
        Address account = publishedFor(message, from.caller());
        if (!message.publishes()) {
            throw new Problem(Kind.INVALID_REQUEST, "A login publishes: send state, or pidf");
        }
        CompletableFuture<Published> login = publications.login(
                account,
                message.publication(account.toString()),
                message.expires,
                message.publicationSize(),
                act(from, Action.LOGIN, account, message));
        reply(login, message, LOGGED_IN, from);
    }

    private void modify(SocketMessage message, SocketConnection from) {
        Address account = publishedFor(message, from.caller());
        if (!message.publishes()) {
            throw new Problem(Kind.INVALID_REQUEST, "A modify publishes: send state, or pidf; or send refresh");
        }
        CompletableFuture<Published> modify = publications.modify(
                account,
                tuple(message),
                tag(message),
                message.publication(account.toString()),
                message.expires,
                message.publicationSize(),
                act(from, Action.MODIFY, account, message));
        reply(modify, message, OK, from);
    }

    private void refresh(SocketMessage message, SocketConnection from) {
        Address account = publishedFor(message, from.caller());
        Act act = act(from, Action.REFRESH, account, message);
        reply(publications.refresh(account, tuple(message), tag(message), message.expires, act), message, OK, from);
    }

    private void logout(SocketMessage message, SocketConnection from) {
        Address account = publishedFor(message, from.caller());
        Act act = act(from, Action.LOGOUT, account, message);
        reply(publications.logout(account, tuple(message), tag(message), act), message, LOGGED_OUT, from);
    }

    private static @Nullable Act act(SocketConnection from, Action action, Address account, SocketMessage message) {
        return AuditLog.act(from.remote(), from.caller(), action, account, message.tuple == null ? "" : message.tuple);
    }

    private void subscribe(SocketMessage message, SocketConnection from) {
        Wish wish = wish(message, message.watchers);
        Set<Address> addresses = wishes.addresses(wish);
        subscribing.checkRoom(from, addresses);
        int window = Requests.window(message.maxRate);
        wishes.add(from, wish);
        from.wish(window);
        subscribing.subscribe(from, addresses, null);
        if (message.watchers) {
            feeds.open(from);
        }
        connections.removeIfClosed(from);
        from.answer(answer(message.ref, OK, ""));
    }

    private void unsubscribe(SocketMessage message, SocketConnection from) {
        wishes.drop(from, wish(message, message.watchers));
        if (message.watchers) {
            feeds.close(from);
        }
        from.answer(answer(message.ref, OK, ""));
    }

    private static Wish wish(SocketMessage message, boolean mayBeEmpty) {
        if (message.accounts.isEmpty() && message.groups.isEmpty() && !mayBeEmpty) {
            throw new Problem(
                    Kind.INVALID_REQUEST,
                    "Name accounts or groups: \"accounts\":[\"alice@example.com\"], \"groups\":[\"sales\"]");
        }
        Set<Address> accounts = new LinkedHashSet<>();
        message.accounts.forEach(account -> accounts.add(Requests.address(account)));
        return new Wish(accounts, new LinkedHashSet<>(message.groups));
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

    private void reply(
            CompletableFuture<Published> publication, SocketMessage message, int status, SocketConnection to) {
        to.begin();
        publication.whenComplete((published, failure) -> {
            to.answer(
                    failure != null
                            ? refusal(message.ref, Problems.problem(failure))
                            : success(message.ref, status, published));
            // the answers of a group go out in one write
            changes.onceAllAreTold(to, to::flush);
            to.finish();
        });
    }

    private static String success(@Nullable String ref, int status, Published published) {
        String tuple = ",\"tuple\":\"" + published.presentity().tupleId() + '"';
        return answer(
                ref,
                status,
                status == LOGGED_OUT
                        ? tuple
                        : tuple + ",\"etag\":\"" + published.presentity().entityTag() + "\",\"expires\":"
                                + published.expires());
    }

    private static String refusal(@Nullable String ref, Problem problem) {
        return answer(ref, problem.kind().status(), ",\"problem\":" + problem.toJson());
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
