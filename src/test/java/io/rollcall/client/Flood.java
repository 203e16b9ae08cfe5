package io.rollcall.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that publishes over one WebSocket at a rate of its own, whether it is answered or not (an open loop). */
public final class Flood implements AutoCloseable {
    private static final Pattern ANSWER = Pattern.compile("\"ref\":\"(\\d+)\",\"status\":(\\d+)");
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);

    private final RawSocket socket;
    private final List<String> accounts = new ArrayList<>();
    private final Map<String, String> tuples = new ConcurrentHashMap<>();
    private final Map<Integer, Long> sentAt = new ConcurrentHashMap<>();
    private final Map<Integer, List<Long>> nanosByStatus = new TreeMap<>();
    private final AtomicInteger refs = new AtomicInteger();

    /** @param number of accounts whose presentities it logs in and speaks for */
    public Flood(int number) throws IOException {
        socket = RawSocket.webSocket("service");
        Client service = Client.as("service");
        for (int i = 0; i < number; i++) {
            Login login = service.login(Client.newAccount(), "{\"state\":\"online\"}");
            accounts.add(login.account());
            tuples.put(login.account(), login.tuple());
        }
        Thread reader = new Thread(this::read, "flood");
        reader.setDaemon(true);
        reader.start();
    }

    /** Publishes so often a second for so long, and waits until all is answered. */
    public void publish(int rate, int seconds) {
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        int sent = 0;
        for (long now = start; now < end; now = System.nanoTime()) {
            long due = (now - start) * rate / TimeUnit.SECONDS.toNanos(1);
            for (; sent < due; sent++) {
                send();
            }
            LockSupport.parkNanos(TICK);
        }
        Await.until("all is answered", () -> sentAt.isEmpty());
    }

    private void send() {
        int ref = refs.incrementAndGet();
        String account = accounts.get(ref % accounts.size());
        sentAt.put(ref, System.nanoTime());
        try {
            socket.writeText("{\"type\":\"modify\",\"ref\":\"" + ref + "\",\"account\":\"" + account + "\",\"tuple\":\""
                    + tuples.get(account) + "\",\"etag\":\"*\",\"state\":\"busy\",\"note\":\"" + ref + "\"}");
        } catch (IOException broken) {
            throw new AssertionError("The server ended the connection", broken);
        }
    }

    private void read() {
        try {
            while (true) {
                Matcher answer = ANSWER.matcher(socket.text());
                if (answer.find()) {
                    take(Integer.parseInt(answer.group(1)), Integer.parseInt(answer.group(2)));
                }
            }
        } catch (IOException closed) {
            // the test is over, or sending will fail too
        }
    }

    private synchronized void take(int ref, int status) {
        Long sent = sentAt.remove(ref);
        nanosByStatus.computeIfAbsent(status, any -> new ArrayList<>()).add(System.nanoTime() - sent);
    }

    /** How long the answers of each status took since this was asked last, in nanoseconds, the shortest first. */
    public synchronized Map<Integer, List<Long>> answers() {
        Map<Integer, List<Long>> answers = new TreeMap<>(nanosByStatus);
        answers.values().forEach(nanos -> nanos.sort(null));
        nanosByStatus.clear();
        return answers;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
