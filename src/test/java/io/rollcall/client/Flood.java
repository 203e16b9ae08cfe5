package io.rollcall.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Publishers who send at a pace of their own, however they are answered: with it more than a server can take. Each has accounts
 * that nobody else publishes for, and each publication has a number.
 */
public final class Flood implements AutoCloseable {
    /** One thread, with a connection or several. */
    interface Link extends AutoCloseable {
        /**
         * Sends until a time, and returns when all is answered.
         *
         * @param perSecond how many publications; 0 for as many as are answered, a few at a time
         * @param deadline of {@link System#nanoTime}
         */
        void send(double perSecond, long deadline, Tally tally) throws IOException, InterruptedException;

        /** The accounts of which something else is stored than what was acknowledged last, and what that is. */
        List<String> lost();

        @Override
        void close() throws IOException;
    }

    /** How a link is made. */
    private interface Opening {
        Link open(String server, List<Login> logins, int patient) throws IOException;
    }

    /** So many are under way at once where answers are waited for: enough to keep a server busy. */
    private static final int PATIENT = 512;

    private final List<Link> links;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Flood(List<Link> links) {
        this.links = links;
    }

    /** An account on each connection, and one publication under way on each, at the most. */
    public static Flood overHttp(String server, int connections) throws IOException {
        return over(HttpFlood::new, server, 20, connections / 20);
    }

    /** So many accounts on each WebSocket, and as many publications under way as it takes. */
    public static Flood overWebSocket(String server, int connections, int accounts) throws IOException {
        return over(SocketFlood::new, server, connections, accounts);
    }

    private static Flood over(Opening opening, String server, int number, int accounts) throws IOException {
        List<Login> logins = logins(server, number * accounts);
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            links.add(opening.open(server, logins.subList(i * accounts, (i + 1) * accounts), PATIENT / number));
        }
        return new Flood(links);
    }

    private static List<Login> logins(String server, int accounts) {
        Client service = Client.as("service", server);
        return IntStream.range(0, accounts)
                .parallel()
                .mapToObj(i -> service.login(Client.newAccount(), publication(0)))
                .toList();
    }

    static String publication(int number) {
        return "{\"state\":\"busy\",\"note\":\"" + number + "\"}";
    }

    /** As many as the server takes from those who wait for their answers. */
    public Tally patient(Duration duration) {
        return run(0, duration);
    }

    /** So many a second, whatever the server does with them. */
    public Tally at(long perSecond, Duration duration) {
        return run((double) perSecond / links.size(), duration);
    }

    private Tally run(double perSecond, Duration duration) {
        Tally tally = new Tally();
        long deadline = System.nanoTime() + duration.toNanos();
        CompletableFuture.allOf(links.stream()
                        .map(link -> CompletableFuture.runAsync(() -> send(link, perSecond, deadline, tally), threads))
                        .toArray(CompletableFuture[]::new))
                .join();
        return tally;
    }

    private static void send(Link link, double perSecond, long deadline, Tally tally) {
        try {
            link.send(perSecond, deadline, tally);
        } catch (IOException broken) {
            throw new UncheckedIOException("A connection was ended", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** What was acknowledged and is not there, and what is there and was not acknowledged. */
    public List<String> lost() {
        return links.parallelStream().flatMap(link -> link.lost().stream()).toList();
    }

    /** Whether something else is stored than the publication with that number. */
    static boolean differs(Login login, int acknowledged) {
        return !login.by().get(login.path()).is(200).json().path("note").asText().equals(String.valueOf(acknowledged));
    }

    @Override
    public void close() throws IOException {
        threads.shutdown();
        for (Link link : links) {
            link.close();
        }
    }
}
