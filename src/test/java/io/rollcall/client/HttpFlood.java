package io.rollcall.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** One who publishes over a connection of HTTP, and has to wait for each answer. */
final class HttpFlood implements Flood.Link {
    private final Login login;
    private RawSocket socket = RawSocket.ordinary(Client.SERVER);
    private int number;
    private int acknowledged;

    HttpFlood(Login login) throws IOException {
        this.login = login;
    }

    @Override
    public void send(double perSecond, long deadline, Tally tally) throws IOException {
        long interval = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
        long due = System.nanoTime() + (interval == 0 ? 0 : ThreadLocalRandom.current().nextLong(interval));
        while (due < deadline) {
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            tally.sent(1);
            long sent = System.nanoTime();
            Answer answer = publish(++number);
            tally.answered(
                    answer.status(),
                    answer.headers().firstValue("Retry-After").isPresent(),
                    System.nanoTime() - sent);
            if (answer.status() == 200) {
                acknowledged = number;
            }
            due = Math.max(due + interval, System.nanoTime());
        }
        tally.ended();
    }

    private Answer publish(int which) throws IOException {
        String body = Flood.publication(which);
        String head = "PUT " + login.path() + " HTTP/1.1\r\nHost: " + URI.create(Client.SERVER).getAuthority()
                + "\r\nAuthorization: " + RawSocket.basic("service") + "\r\nIf-Match: *\r\nContent-Type: application/json"
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        socket.write((head + body).getBytes(StandardCharsets.UTF_8));
        Answer answer = socket.answer();
        if (answer.headers().firstValue("Connection").orElse("").equalsIgnoreCase("close")) {
            socket.close();
            socket = RawSocket.ordinary(Client.SERVER);
        }
        return answer;
    }

    @Override
    public List<String> lost() {
        return Flood.differs(login, acknowledged) ? List.of(login.account() + " at " + acknowledged) : List.of();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
