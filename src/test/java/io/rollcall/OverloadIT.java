package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Flood;
import io.rollcall.client.Login;
import io.rollcall.client.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** More than the server can do: for how many seconds, and of how many clients, say {@code -Drollcall.overload.…}. */
@Isolated
class OverloadIT {
    private static final int SECONDS = Integer.getInteger("rollcall.overload.seconds", 3);
    private static final int CLIENTS = Integer.getInteger("rollcall.overload.clients", 100);
    private static final int SOCKETS = 4;
    /** Enough that the limit of each account is no limit. */
    private static final int ACCOUNTS = Integer.getInteger("rollcall.overload.accounts", 100);

    private static final int WATCHED = 50;
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final System.Logger log = System.getLogger(OverloadIT.class.getName());

    @Test
    void at_twice_what_it_can_store_it_says_so_quickly_and_is_itself_again_at_once() throws IOException {
        List<Flood> floods = new ArrayList<>();
        try {
            for (int i = 0; i < SOCKETS; i++) {
                floods.add(new Flood(ACCOUNTS));
            }
            int capacity = capacity(floods);
            publish(floods, 2 * capacity / SOCKETS, SECONDS);
            Map<Integer, List<Long>> answers = answers(floods);
            long start = System.nanoTime();
            Login login = Client.as("service").login(Client.newAccount(), "{\"state\":\"online\"}");
            Duration afterwards = Duration.ofNanos(System.nanoTime() - start);

            String figures = "at twice " + capacity + " publications a second, for " + SECONDS + " s: " + told(answers)
                    + "; a log-in just afterwards took " + afterwards.toMillis() + " ms";
            log.log(System.Logger.Level.INFO, figures);
            assertThat(answers).as(figures).containsKey(200);
            assertThat(answers.keySet()).as(figures).isSubsetOf(200, 429, 503);
            answers.values().forEach(nanos -> assertThat(at(nanos, 99)).as(figures).isLessThan(Duration.ofSeconds(5)));
            assertThat(afterwards).as(figures).isLessThan(Duration.ofSeconds(2));
            login.logout();
        } finally {
            for (Flood flood : floods) {
                flood.close();
            }
        }
    }

    @Test
    void all_who_come_at_once_are_signed_in_watch_fifty_accounts_and_publish_within_a_minute() throws Exception {
        List<String> accounts = IntStream.range(0, CLIENTS).mapToObj(i -> Client.newAccount()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(64);
        List<RawSocket> sockets = new ArrayList<>();
        long start = System.nanoTime();
        try {
            List<CompletableFuture<RawSocket>> coming = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> come(accounts, i), threads))
                    .toList();
            coming.forEach(one -> sockets.add(one.join()));
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            log.log(System.Logger.Level.INFO, CLIENTS + " clients were there after " + took.toMillis() + " ms");
            assertThat(took).isLessThan(A_MINUTE);
            String last = accounts.get(CLIENTS - 1);
            Await.until("the last is seen", () -> Client.as("bob").get(Client.presence(last)).text().contains("online"));
        } finally {
            threads.shutdown();
            for (RawSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Connects, wishes to see fifty accounts, logs in, and waits until it was told of each and answered. */
    private static RawSocket come(List<String> accounts, int number) {
        try {
            RawSocket socket = RawSocket.webSocket("service");
            List<String> watched = IntStream.range(0, Math.min(WATCHED, accounts.size()))
                    .mapToObj(i -> accounts.get((number + i) % accounts.size()))
                    .toList();
            socket.writeText("{\"type\":\"login\",\"ref\":\"1\",\"account\":\"" + accounts.get(number)
                    + "\",\"state\":\"online\"}");
            socket.writeText("{\"type\":\"subscribe\",\"ref\":\"2\",\"accounts\":[\"" + String.join("\",\"", watched) + "\"]}");
            int answered = 0;
            while (answered < 2) {
                String message = socket.text();
                if (message.contains("\"type\":\"answer\"")) {
                    assertThat(message).containsAnyOf("\"status\":200", "\"status\":201");
                    answered++;
                }
            }
            return socket;
        } catch (IOException refused) {
            throw new AssertionError("One was not served", refused);
        }
    }

    /** What it stores a second when it is given more and more. */
    private int capacity(List<Flood> floods) {
        int stored = 0;
        for (int rate = 1_000; ; rate *= 2) {
            publish(floods, rate / SOCKETS, 1);
            Map<Integer, List<Long>> answers = answers(floods);
            int now = answers.getOrDefault(200, List.of()).size();
            boolean late = answers.containsKey(200) && at(answers.get(200), 50).toMillis() > 200;
            stored = Math.max(stored, now);
            if (late || now < rate * 3 / 4 || rate > 50_000) {
                return stored;
            }
        }
    }

    private static void publish(List<Flood> floods, int rate, int seconds) {
        CompletableFuture.allOf(floods.stream()
                        .map(flood -> CompletableFuture.runAsync(() -> flood.publish(rate, seconds), work -> new Thread(work, "flood").start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static Map<Integer, List<Long>> answers(List<Flood> floods) {
        Map<Integer, List<Long>> all = floods.get(0).answers();
        for (Flood flood : floods.subList(1, floods.size())) {
            flood.answers().forEach((status, nanos) -> all.merge(status, nanos, (some, more) -> {
                some.addAll(more);
                return some;
            }));
        }
        all.values().forEach(nanos -> nanos.sort(null));
        return all;
    }

    private static Duration at(List<Long> sorted, int percent) {
        return Duration.ofNanos(sorted.get(Math.max(0, sorted.size() * percent / 100 - 1)));
    }

    private static String told(Map<Integer, List<Long>> answers) {
        StringBuilder told = new StringBuilder();
        answers.forEach((status, nanos) -> told.append(nanos.size())
                .append(" answered ")
                .append(status)
                .append(" within ")
                .append(at(nanos, 99).toMillis())
                .append(" ms (p99), "));
        return told.toString();
    }
}
