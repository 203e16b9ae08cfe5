package io.rollcall.publication;

import static io.rollcall.client.Client.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.client.Socket;
import io.rollcall.publication.History.Action;
import io.rollcall.publication.History.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several clients speak for one presentity at once, over HTTP and WebSocket, with current tags, old ones and none. */
@DisplayName("RFC 3903 §6 — every history of concurrent publishers is explained by some order")
class ConcurrentPublishersIT {
    private static final int PUBLISHERS = 6;
    /** All of them together stay within what an account may publish at once. */
    private static final int OPERATIONS = 30;

    private final Client service = Client.as("service");
    private final String account = Client.newAccount();
    private final AtomicLong newest = new AtomicLong(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void what_all_were_told_fits_together(long seed) {
        Login login = service.login(account, publication("first"));
        try (Events events = Client.as("bob").watch(account)) {
            Executor threads = task -> new Thread(task).start();
            List<CompletableFuture<List<Operation>>> publishers = IntStream.range(0, PUBLISHERS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> publish(login, new Random(seed * PUBLISHERS + i), i % 2 == 0, "s" + seed + "p" + i), threads))
                    .toList();
            List<Operation> all = new ArrayList<>();
            publishers.forEach(publisher -> all.addAll(publisher.join()));

            assertThat(new History("first", all).contradictions()).as("seed " + seed).isEmpty();
            assertThat(all).anyMatch(Operation::refused).anyMatch(Operation::writes);
            toldInOrder(events, service.get(login.path()).json().path("note").asText(), all);
        }
    }

    /** A watcher may skip states, but sees no older one after a newer one, and ends with the last. */
    private void toldInOrder(Events events, String last, List<Operation> all) {
        events.until(event -> note(event).equals(last));
        List<Long> revisions = events.all().stream()
                .map(event -> revision(note(event), all))
                .toList();
        assertThat(revisions).isSorted();
        assertThat(events.all().stream().map(Event::version).toList()).isSorted().doesNotHaveDuplicates();
    }

    private static String note(Event event) {
        return event.json().path("person").path("note").asText();
    }

    private static long revision(String note, List<Operation> all) {
        return all.stream()
                .filter(operation -> operation.writes() && operation.note().equals(note))
                .mapToLong(Operation::revision)
                .findFirst()
                .orElse(1);
    }

    private List<Operation> publish(Login login, Random random, boolean overSocket, String name) {
        List<Operation> done = new ArrayList<>();
        try (Socket socket = service.socket()) {
            for (int i = 0; i < OPERATIONS; i++) {
                Action action = Action.values()[random.nextInt(Action.values().length)];
                long known = newest.get();
                long basedOn = switch (random.nextInt(6)) {
                    case 0 -> 0;
                    case 1 -> 1 + random.nextInt((int) known);
                    default -> known;
                };
                Operation operation = action == Action.READ
                        ? read(login)
                        : overSocket
                                ? overSocket(socket, login, action, basedOn, name + i)
                                : overHttp(login, action, basedOn, name + i);
                newest.accumulateAndGet(operation.revision(), Math::max);
                done.add(operation);
            }
        }
        return done;
    }

    private Operation read(Login login) {
        long sent = System.nanoTime();
        Answer answer = service.get(login.path()).is(200);
        long answered = System.nanoTime();
        return new Operation(
                Action.READ, sent, answered, 0, revision(answer.header("ETag")), answer.json().path("note").asText());
    }

    private Operation overHttp(Login login, Action action, long basedOn, String note) {
        String body = action == Action.MODIFY ? publication(note) : "";
        long sent = System.nanoTime();
        Answer answer = service.put(login.path(), JSON, body, "If-Match", basedOn == 0 ? "*" : '"' + tag(login, basedOn) + '"');
        long answered = System.nanoTime();
        assertThat(answer.status()).as(answer.text()).isIn(200, 412);
        long revision = answer.status() == 200 ? revision(answer.header("ETag")) : 0;
        return new Operation(action, sent, answered, basedOn, revision, note);
    }

    private Operation overSocket(Socket socket, Login login, Action action, long basedOn, String note) {
        String members = "\"account\":\"" + account + "\",\"tuple\":\"" + login.tuple() + "\",\"etag\":\""
                + (basedOn == 0 ? "*" : tag(login, basedOn)) + '"'
                + (action == Action.MODIFY ? ",\"publication\":" + publication(note) : "");
        long sent = System.nanoTime();
        JsonNode answer = socket.ask(action == Action.MODIFY ? "modify" : "refresh", members);
        long answered = System.nanoTime();
        assertThat(answer.path("status").asInt()).as(answer.toString()).isIn(200, 412);
        long revision = answer.path("status").asInt() == 200 ? revision(answer.path("etag").asText()) : 0;
        return new Operation(action, sent, answered, basedOn, revision, note);
    }

    private static String publication(String note) {
        return "{\"state\":\"busy\",\"note\":\"" + note + "\"}";
    }

    private static String tag(Login login, long revision) {
        return login.tuple() + '-' + revision;
    }

    private static long revision(String tag) {
        return Long.parseLong(tag.replaceFirst(".*-", "").replace("\"", ""));
    }
}
