package io.rollcall.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Publishers with a connection of HTTP each. They send all together and then wait for all their answers: so one thread keeps
 * many requests under way, and leaves the processor to the server.
 */
final class HttpFlood implements Flood.Link {
    private final String server;
    private final List<Login> logins;
    private final int patient;
    private final RawSocket[] sockets;
    private final int[] acknowledged;
    private final long[] sentAt;
    private int number;

    /** @param patient how many publications are under way where answers are waited for */
    HttpFlood(String server, List<Login> logins, int patient) throws IOException {
        this.server = server;
        this.logins = logins;
        this.patient = patient;
        sockets = new RawSocket[logins.size()];
        acknowledged = new int[logins.size()];
        sentAt = new long[logins.size()];
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = RawSocket.ordinary(server);
        }
    }

    @Override
    public void send(double perSecond, long deadline, Tally tally) throws IOException {
        int together = perSecond == 0 ? patient : sockets.length;
        long interval = perSecond == 0 ? 0 : (long) (together / perSecond * 1e9);
        long due = System.nanoTime();
        while (due < deadline) {
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            round(together, tally);
            due = Math.max(due + interval, System.nanoTime());
        }
        tally.ended();
    }

    private void round(int together, Tally tally) throws IOException {
        number++;
        tally.sent(together);
        for (int i = 0; i < together; i++) {
            sentAt[i] = System.nanoTime();
            sockets[i].write(publication(logins.get(i)));
        }
        for (int i = 0; i < together; i++) {
            Answer answer = sockets[i].answer();
            boolean explained = answer.headers().firstValue("Retry-After").isPresent();
            tally.answered(answer.status(), explained, System.nanoTime() - sentAt[i]);
            if (answer.status() == 200) {
                acknowledged[i] = number;
            }
            if (answer.headers().firstValue("Connection").orElse("").equalsIgnoreCase("close")) {
                sockets[i].close();
                sockets[i] = RawSocket.ordinary(server);
            }
        }
    }

    private byte[] publication(Login login) {
        String body = Flood.publication(number);
        String head = "PUT " + login.path() + " HTTP/1.1\r\nHost: " + URI.create(server).getAuthority()
                + "\r\nAuthorization: " + RawSocket.basic("service") + "\r\nIf-Match: *\r\nContent-Type: application/json"
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<String> lost() {
        List<String> lost = new ArrayList<>();
        IntStream.range(0, logins.size())
                .filter(i -> Flood.differs(logins.get(i), acknowledged[i]))
                .forEach(i -> lost.add(logins.get(i).account() + " at " + acknowledged[i]));
        return lost;
    }

    @Override
    public void close() throws IOException {
        for (RawSocket socket : sockets) {
            socket.close();
        }
    }
}
