package io.rollcall.web;

import static io.rollcall.client.Client.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.client.Socket;
import io.rollcall.web.AccessTable.Row;
import io.rollcall.web.AccessTable.Who;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everybody tries everything on somebody else's account, whatever its owner has decided on them: {@link AccessTable} says
 * what may come of it, and what is refused changes nothing.
 */
@DisplayName("OWASP API1, API3, API5 (2023) — each object, property and function is for those who may")
class AccessIT {
    private static final String OWNER = "dave@example.com";
    private static final String WATCHER = "bob@example.com";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String RULE =
            """
            {"rules":[{"id":"r","handling":"%s","provide":%s,"conditions":[{"identity":[{"one":"pres:carol@example.com"},
            {"one":"pres:zoe@partner.example"},{"one":"pres:service@example.com"}]}]}]}
            """;

    private static final Map<Who, Client> CALLERS = new EnumMap<>(Map.of(
            Who.ANONYMOUS, Client.nobody(),
            Who.OWNER, Client.as("dave"),
            Who.COLLEAGUE, Client.as("carol"),
            Who.OUTSIDER, Client.as("zoe"),
            Who.PUBLISHER, Client.as("service"),
            Who.ADMIN, Client.as("admin")));
    private static final Client owner = CALLERS.get(Who.OWNER);
    private static final Client admin = CALLERS.get(Who.ADMIN);
    private static final Client watcher = Client.as("bob");

    private static String watching;

    private Login login;
    private String list;

    /** What the owner has decided on all who are neither the owner nor an administrator, and what that lets them see. */
    private enum Relation {
        UNDECIDED("", "", "truth"),
        ALLOWED("allow", "\"all\"", "truth"),
        ASKED("confirm", "{}", "pending"),
        HIDDEN("polite-block", "{}", "offline"),
        BLOCKED("block", "{}", "blocked");

        private final String handling;
        private final String provide;
        private final String shown;

        Relation(String handling, String provide, String shown) {
            this.handling = handling;
            this.provide = provide;
            this.shown = shown;
        }

        String shownTo(Who who) {
            return this == UNDECIDED && who == Who.OUTSIDER ? "pending" : shown;
        }
    }

    static Stream<Row> rows() {
        return AccessTable.rows().stream();
    }

    @BeforeAll
    static void somebody_watches() {
        watching = path(watcher.post("/api/subscriptions", JSON, accounts()).is(201));
    }

    @AfterAll
    static void leave_nothing() {
        watcher.delete(watching).is(204);
        admin.delete("/api/accounts/" + OWNER).is(204);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void who_may(Row row) throws IOException {
        for (Relation relation : relations(row)) {
            prepare(relation);
            String before = everything();
            for (Who who : Who.values()) {
                if (!changes(row, who)) {
                    check(row, who, relation);
                }
            }
            assertThat(everything()).as(row + " changed something for one who may not").isEqualTo(before);
            for (Who who : Who.values()) {
                if (changes(row, who)) {
                    prepare(relation);
                    check(row, who, relation);
                }
            }
        }
    }

    /** All of them where it is for the owner to decide; else that being allowed gives no more, and being blocked no less. */
    private static List<Relation> relations(Row row) {
        if (row.cells().containsValue("decided")) {
            return List.of(Relation.values());
        }
        boolean aboutSomebody = row.path().startsWith("/api/") || row.method().equals("SOCKET");
        return aboutSomebody
                ? List.of(Relation.UNDECIDED, Relation.ALLOWED, Relation.BLOCKED)
                : List.of(Relation.UNDECIDED);
    }

    /** The owner's account as if nothing had ever happened, with a client, a list, and what was decided. */
    private void prepare(Relation relation) {
        admin.delete("/api/accounts/" + OWNER).is(204);
        login = owner.login(OWNER, "{\"state\":\"busy\"}");
        owner.put(preferred(), JSON, "{\"note\":\"Mine\"}").is(200);
        list = path(owner.post("/api/subscriptions", JSON, "{\"accounts\":[\"" + WATCHER + "\"]}").is(201));
        if (relation != Relation.UNDECIDED) {
            owner.put(rules(), JSON, RULE.formatted(relation.handling, relation.provide), condition(rules())).is(200);
        }
    }

    private static boolean changes(Row row, Who who) {
        return row.path().matches("login|modify|refresh|logout|/api/accounts/.*|/api/subscriptions/.*")
                && !row.method().equals("GET")
                && row.cells().get(who).startsWith("2");
    }

    private void check(Row row, Who who, Relation relation) throws IOException {
        String cell = row.cells().get(who);
        String expected = cell.equals("decided") ? relation.shownTo(who) : cell;
        String result = cell.matches("\\d+") ? status(row, CALLERS.get(who)) : shown(row, CALLERS.get(who));
        assertThat(result).as(row + " by " + who + ", who is " + relation).isEqualTo(expected);
    }

    /** What belongs to the owner. */
    private String everything() {
        return Stream.of(Client.presence(OWNER), login.path(), rules(), preferred(), list)
                .map(owner::get)
                .map(answer -> answer.headers().firstValue("ETag").orElse("") + answer.text())
                .reduce("", String::concat)
                .replaceAll("\"expires\":\\d+", "");
    }

    private String status(Row row, Client caller) throws IOException {
        if (row.method().equals("SOCKET")) {
            return caller == CALLERS.get(Who.ANONYMOUS)
                    ? status(caller.get("/api/socket"))
                    : overSocket(row.path(), caller);
        }
        String path = concrete(row);
        return switch (row.method()) {
            case "GET" -> path.contains("/events") ? streamStatus(path, caller) : status(caller.get(path));
            case "POST" -> status(caller.post(path, path.startsWith("/api/") ? JSON : FORM, body(row)));
            case "PUT" -> status(caller.put(path, JSON, body(row), condition(path)));
            case "DELETE" -> status(caller.delete(path, condition(path)));
            default -> throw new AssertionError("How is this sent: " + row);
        };
    }

    private static String status(Answer answer) {
        if (answer.status() >= 400) {
            // the console says it to people
            assertThat(answer.mediaType()).isIn("application/problem+json", "text/html");
        }
        return String.valueOf(answer.status());
    }

    private static String streamStatus(String path, Client caller) {
        try (Events opened = caller.stream(path)) {
            return String.valueOf(opened.response().statusCode());
        } catch (AssertionError refused) {
            assertThat(refused).hasMessageStartingWith(Events.REFUSED);
            return status(caller.get(path));
        }
    }

    private String overSocket(String type, Client caller) {
        String about = type.equals("login")
                ? ",\"state\":\"away\""
                : ",\"tuple\":\"" + login.tuple() + "\",\"etag\":" + login.etag()
                        + (type.equals("modify") ? ",\"state\":\"away\"" : "");
        try (Socket socket = caller.socket()) {
            return socket.ask(type, "\"account\":\"" + OWNER + '"' + about).path("status").asText();
        }
    }

    private String concrete(Row row) throws IOException {
        if (row.path().startsWith("/jakarta.faces.resource/")) {
            return "/jakarta.faces.resource/core.js.xhtml?ln=primefaces";
        }
        if (row.path().endsWith("*")) {
            return Stream.concat(AccessTableTest.shownByLibraries().stream(), AccessTableTest.pages().stream())
                    .filter(row::shows)
                    .reduce((first, last) -> last)
                    .orElseThrow();
        }
        String path = row.path()
                .replace("{account}", OWNER)
                .replace("{tuple}", login.tuple())
                .replace("{watcher}", row.path().startsWith("/api/admin/") ? "nobody@example.com" : WATCHER)
                .replace("/api/subscriptions/{list}", list)
                .replace("{id}", "none");
        return List.of("/api/events", "/api/admin/subscriptions").contains(path) ? Client.query(path, OWNER) : path;
    }

    private static String body(Row row) {
        return switch (row.path()) {
            case "/api/accounts/{account}/authorizations" -> "{\"rules\":[]}";
            case "/api/accounts/{account}/favourites" -> "{\"people\":[]}";
            case "/api/accounts/{account}/authorizations/{watcher}" -> "{\"handling\":\"block\"}";
            case "/api/presence/query", "/api/subscriptions", "/api/subscriptions/{list}" -> accounts();
            case "/login", "/logout" -> "";
            default -> "{\"state\":\"away\"}";
        };
    }

    /** The headers without which the owner's own request would be refused. */
    private String[] condition(String path) {
        String tag = path.equals(login.path()) ? login.etag() : path.equals(rules()) ? owner.get(path).header("ETag") : "";
        // rules that nobody has written yet need no tag
        return tag.isEmpty() || tag.startsWith("\"r0-") ? new String[0] : new String[] {"If-Match", tag};
    }

    private String shown(Row row, Client caller) throws IOException {
        return switch (row.path()) {
            case "/api/accounts/{account}/presence" -> shown(caller.get(Client.presence(OWNER)));
            case "/api/presence/query" -> queried(caller);
            case "/api/events" -> streamed(caller, Client.query("/api/events", OWNER));
            case "/api/socket" -> subscribed(caller);
            case "/api/subscriptions" -> row.method().equals("GET") ? own(caller.get(row.path()), list) : listed(caller);
            case "/api/accounts/{account}/watchers" -> watchersShown(caller);
            default -> throw new AssertionError("How is this read: " + row);
        };
    }

    private static String shown(Answer answer) {
        return answer.status() == 200 ? state(answer.json()) : type(answer.is(403).json());
    }

    private static String type(JsonNode problem) {
        return problem.path("type").asText().replaceFirst(".*:", "");
    }

    private static String state(JsonNode document) {
        String state = document.path("state").asText();
        return switch (state) {
            case "busy" -> "truth";
            case "terminated" -> "blocked";
            default -> state;
        };
    }

    private static String queried(Client caller) {
        JsonNode result = caller.post("/api/presence/query", JSON, accounts()).is(200).json().path("presence").path(0);
        return result.has("presence") ? state(result.path("presence")) : type(result.path("problem"));
    }

    private static String streamed(Client caller, String path) {
        try (Events events = caller.stream(path)) {
            return state(events.until(event -> !event.name().equals("watchers")).json());
        } catch (AssertionError refused) {
            assertThat(refused).hasMessageStartingWith(Events.REFUSED);
            return shown(caller.get(path));
        }
    }

    private static String subscribed(Client caller) {
        try (Socket socket = caller.socket()) {
            socket.ask("subscribe", "\"accounts\":[\"" + OWNER + "\"]");
            return state(socket.next(message -> List.of("presence", "subscription").contains(message.path("type").asText())));
        }
    }

    /** A list of one's own shows no more than any other way. */
    private static String listed(Client caller) {
        String path = path(caller.post("/api/subscriptions", JSON, accounts()).is(201));
        String shown = streamed(caller, path + "/events");
        caller.delete(path).is(204);
        return shown;
    }

    private static String own(Answer answer, String others) {
        String id = others.replaceFirst(".*/", "");
        return answer.is(200).text().contains(id) ? "the owner's list" : "own";
    }

    private static String watchersShown(Client caller) {
        if (caller == owner || caller == admin) {
            Await.until("who watches is known", () -> caller.get(Client.watchers(OWNER)).is(200).text().contains(WATCHER));
            return "truth";
        }
        Answer answer = caller.get(Client.watchers(OWNER));
        assertThat(answer.status()).isIn(200, 403);
        return answer.text().contains(WATCHER) ? "the owner's watchers" : "own";
    }

    private static String accounts() {
        return "{\"accounts\":[\"" + OWNER + "\"]}";
    }

    private static String rules() {
        return "/api/accounts/" + OWNER + "/authorizations";
    }

    private static String preferred() {
        return "/api/accounts/" + OWNER + "/preferred";
    }

    private static String path(Answer created) {
        return created.header("Location").replaceFirst("http://[^/]*", "");
    }
}
