package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** So many clients as {@code -Drollcall.coming.clients} says, all at once. */
@Isolated
class ComingAtOnceIT {
    private static final int CLIENTS = Integer.getInteger("rollcall.coming.clients", 100);
    private static final int WATCHED = 50;
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final System.Logger log = System.getLogger(ComingAtOnceIT.class.getName());

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

    /** Connects, wishes to see fifty accounts, logs in, and waits until both are answered. */
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
}
