package io.rollcall.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** One who publishes for several accounts over a WebSocket, and reads the answers as they come. */
final class SocketFlood implements Flood.Link {
    private static final int MOST_AT_ONCE = 256;
    private static final long BETWEEN_LOOKS = 500_000;
    /** More than are ever under way. */
    private static final int REMEMBERED = 1 << 17;

    private final RawSocket socket;
    private final List<Login> logins;
    private final int patient;
    private final int[] acknowledged;
    private final AtomicLongArray sentAt = new AtomicLongArray(REMEMBERED);
    private final LongAdder answers = new LongAdder();
    private final CompletableFuture<Void> reading = new CompletableFuture<>();
    private volatile Tally tally;
    private int sent;

    /** @param patient how many publications are under way where answers are waited for */
    SocketFlood(String server, List<Login> logins, int patient) throws IOException {
        this.socket = RawSocket.ordinaryWebSocket(server, "service");
        this.logins = logins;
        this.patient = patient;
        acknowledged = new int[logins.size()];
        Thread reader = new Thread(this::readAll, "flood");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void send(double perSecond, long deadline, Tally newTally) throws IOException {
        tally = newTally;
        long start = System.nanoTime();
        int before = sent;
        for (long now = start; now < deadline; now = System.nanoTime()) {
            int due = perSecond == 0
                    ? patient - (sent - answers.intValue())
                    : before + (int) ((now - start) / 1e9 * perSecond) - sent;
            if (due > 0) {
                send(Math.min(MOST_AT_ONCE, due));
            } else {
                LockSupport.parkNanos(BETWEEN_LOOKS);
            }
            if (reading.isCompletedExceptionally()) {
                reading.join();
            }
        }
        newTally.ended();
        Await.until("all is answered", () -> answers.intValue() == sent || reading.isCompletedExceptionally());
        if (reading.isCompletedExceptionally()) {
            reading.join();
        }
    }

    private void send(int publications) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        long now = System.nanoTime();
        for (int i = 0; i < publications; i++) {
            sentAt.set(sent % REMEMBERED, now);
            frames.writeBytes(RawSocket.frame(message(sent++)));
        }
        tally.sent(publications);
        socket.write(frames.toByteArray());
    }

    private String message(int ref) {
        Login login = logins.get(ref % logins.size());
        String publication = Flood.publication(ref);
        return "{\"type\":\"modify\",\"ref\":\"" + ref + "\",\"account\":\"" + login.account() + "\",\"tuple\":\""
                + login.tuple() + "\",\"etag\":\"*\"," + publication.substring(1);
    }

    private void readAll() {
        try {
            while (true) {
                read(socket.text());
            }
        } catch (IOException | RuntimeException ended) {
            reading.completeExceptionally(ended);
        }
    }

    private void read(String message) {
        if (!message.startsWith("{\"type\":\"answer\"")) {
            return; // a sign of life
        }
        int ref = number(message, "\"ref\":\"");
        int status = number(message, "\"status\":");
        tally.answered(
                status, message.contains("\"retryAfter\""), System.nanoTime() - sentAt.get(ref % REMEMBERED));
        if (status == 200) {
            acknowledged[ref % logins.size()] = ref;
        }
        answers.increment();
    }

    private static int number(String message, String before) {
        int start = message.indexOf(before) + before.length();
        int end = start;
        while (Character.isDigit(message.charAt(end))) {
            end++;
        }
        return Integer.parseInt(message, start, end, 10);
    }

    @Override
    public List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < acknowledged.length; i++) {
            if (Flood.differs(logins.get(i), acknowledged[i])) {
                lost.add(logins.get(i).account() + " at " + acknowledged[i]);
            }
        }
        return lost;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
