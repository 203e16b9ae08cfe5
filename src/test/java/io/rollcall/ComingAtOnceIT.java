package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.LdapServer;
import io.rollcall.client.RawSocket;
import io.rollcall.client.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** So many people of a directory as {@code -Drollcall.coming.clients} says, all at once. */
@Isolated
class ComingAtOnceIT {
    private static final int CLIENTS = Integer.getInteger("rollcall.coming.clients", 100);
    private static final int WATCHED = Math.min(50, CLIENTS - 1);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private final System.Logger log = System.getLogger(ComingAtOnceIT.class.getName());
    private final ExecutorService threads = Executors.newFixedThreadPool(64);

    @Test
    void all_who_come_at_once_are_signed_in_watch_fifty_others_and_publish_within_a_minute() throws IOException {
        Path trust = folder.resolve("trust.p12");
        try (LdapServer directory = LdapServer.secured(people(), trust);
                ServerProcess server = ServerProcess.start("rollcall-coming", directory.settings(trust))) {
            List<RawSocket> sockets = new ArrayList<>();
            try {
                long start = System.nanoTime();
                sockets.addAll(all(IntStream.range(0, CLIENTS)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> come(server.url(), i), threads))
                        .toList()));
                Duration came = Duration.ofNanos(System.nanoTime() - start);
                all(sockets.stream()
                        .map(socket -> CompletableFuture.runAsync(() -> untilAllAreOnline(socket), threads))
                        .toList());
                Duration told = Duration.ofNanos(System.nanoTime() - start);

                log.log(System.Logger.Level.INFO, CLIENTS + " were connected after " + came.toMillis() + " ms, and each was told of "
                        + WATCHED + " others after " + told.toMillis() + " ms");
                assertThat(told).isLessThan(A_MINUTE);
            } finally {
                threads.shutdown();
                for (RawSocket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    private static <T> List<T> all(List<CompletableFuture<T>> each) {
        return each.stream().map(CompletableFuture::join).toList();
    }

    private static ByteArrayInputStream people() {
        String base = "dn: dc=example,dc=com\nobjectClass: domain\ndc: example\n\n";
        String people = IntStream.range(0, CLIENTS)
                .mapToObj(i -> name(i))
                .map(name -> "dn: uid=" + name + ",dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: " + name + "\ncn: " + name
                        + "\nsn: " + name + "\nmail: " + account(name) + "\nuserPassword: " + name + "\n\n")
                .collect(Collectors.joining());
        return new ByteArrayInputStream((base + people).getBytes(StandardCharsets.UTF_8));
    }

    private static String name(int number) {
        return "p" + number;
    }

    private static String account(String name) {
        return name + "@example.com";
    }

    /** Connects, wishes to see fifty others, and logs in; nothing is waited for but the handshake. */
    private static RawSocket come(String server, int number) {
        try {
            RawSocket socket = RawSocket.ordinaryWebSocket(server, name(number));
            String watched = IntStream.rangeClosed(1, WATCHED)
                    .mapToObj(i -> account(name((number + i) % CLIENTS)))
                    .collect(Collectors.joining("\",\""));
            socket.writeText("{\"type\":\"login\",\"ref\":\"1\",\"state\":\"online\"}");
            socket.writeText("{\"type\":\"subscribe\",\"ref\":\"2\",\"accounts\":[\"" + watched + "\"]}");
            return socket;
        } catch (IOException refused) {
            throw new AssertionError("One was not served", refused);
        }
    }

    private static void untilAllAreOnline(RawSocket socket) {
        try {
            Set<String> online = new HashSet<>();
            int answers = 0;
            while (answers < 2 || online.size() < WATCHED) {
                String message = socket.text();
                if (message.contains("\"type\":\"answer\"")) {
                    assertThat(message).containsAnyOf("\"status\":200", "\"status\":201");
                    answers++;
                } else if (message.contains("\"person\":{") && message.contains("\"state\":\"online\"")) {
                    online.add(message.replaceFirst(".*\"account\":\"([^\"]*)\".*", "$1"));
                }
            }
        } catch (IOException ended) {
            throw new AssertionError("One was not told of all others", ended);
        }
    }
}
