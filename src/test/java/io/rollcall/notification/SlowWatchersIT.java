package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.LargeDocument;
import io.rollcall.client.Login;
import io.rollcall.client.Probe;
import io.rollcall.client.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Watchers that never read, so many as {@code -Drollcall.slow.watchers} says: together they cost a bounded piece of memory, and
 * those who read are told as soon as before.
 */
@Isolated
class SlowWatchersIT {
    private static final int SLOW = Integer.getInteger("rollcall.slow.watchers", 200);
    private static final int TIMED = 100;
    /** What all of them may leave unread, as rollcall.limits.unread has it, and what the container keeps of a connection. */
    private static final long MOST_BYTES = 64 * 1024 * 1024 + SLOW * 40_000L;

    private final Probe server = Probe.ofSharedServer();
    private final Client service = Client.as("service");
    private final String account = Client.newAccount();
    private Login login = service.login(account, "{\"state\":\"online\"}");

    @Test
    void watchers_that_do_not_read_delay_no_other_and_cost_little() throws IOException {
        List<RawSocket> slow = new ArrayList<>();
        try (Events quick = Client.as("bob").watch(account)) {
            quick.next();
            percentile(timesUntilTold(quick));
            long alone = percentile(timesUntilTold(quick));
            long before = server.heap();
            long gone = server.metric("rollcall_watchers_given_up_total");
            for (int i = 0; i < SLOW; i++) {
                slow.add(unread(i));
            }
            int[] published = {0};
            Await.until("they hang, or have been given up", Duration.ofMinutes(5), () -> {
                login = LargeDocument.publish(login, published[0]++);
                return server.metric("rollcall_watchers_hanging") + server.metric("rollcall_watchers_given_up_total") - gone >= SLOW;
            });

            long beside = percentile(timesUntilTold(quick));
            long all = server.heap() - before;

            String figures = SLOW + " slow watchers, of " + server.metric("rollcall_watchers_hanging") + " of whom much is unread, and "
                    + (server.metric("rollcall_watchers_given_up_total") - gone) + " have been given up: the 99th of " + TIMED
                    + " changes reached the quick one after " + beside / 1_000 + " µs, without them after " + alone / 1_000
                    + " µs; all hold " + all + " bytes, " + all / SLOW + " each";
            System.getLogger(SlowWatchersIT.class.getName()).log(System.Logger.Level.INFO, figures);
            assertThat(Duration.ofNanos(beside)).as(figures).isLessThan(Duration.ofMillis(50).plusNanos(3 * alone));
            assertThat(all).as(figures).isLessThan(MOST_BYTES);
            assertThat(server.metric("rollcall_alarms_total{code=\"RC16\"")).as("no writing without waiting").isZero();
        } finally {
            for (RawSocket socket : slow) {
                socket.close();
            }
        }
    }

    /** Every other one over WebSocket, every other two over TLS. */
    private RawSocket unread(int number) throws IOException {
        String at = number % 4 < 2 ? Client.SERVER : Client.SECURE;
        String name = number % 8 < 4 ? "carol" : "dave";
        if (number % 2 == 0) {
            return RawSocket.unread(at, name, account);
        }
        RawSocket socket = RawSocket.webSocket(at, name, "?format=pidf");
        socket.writeText("{\"type\":\"subscribe\",\"accounts\":[\"" + account + "\"]}");
        return socket;
    }

    /** From a publication's being sent to its being told, in nanoseconds. */
    private long[] timesUntilTold(Events quick) {
        return LongStream.range(0, TIMED)
                .map(i -> {
                    String note = "timed " + System.nanoTime();
                    long start = System.nanoTime();
                    login = login.modify("{\"state\":\"busy\",\"note\":\"" + note + "\"}");
                    quick.until(event -> event.data().contains(note));
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
    }

    private static long percentile(long[] sorted) {
        return sorted[sorted.length * 99 / 100 - 1];
    }
}
