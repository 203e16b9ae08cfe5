package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.LargeDocument;
import io.rollcall.client.Login;
import io.rollcall.client.RawSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Watchers that never read, so many as {@code -Drollcall.slow.watchers} says: each costs a bounded piece of memory, and those
 * who read are told as soon as before.
 */
@Isolated
class SlowWatchersIT {
    private static final int SLOW = Integer.getInteger("rollcall.slow.watchers", 60);
    /** More than the operating system takes for one who does not read. */
    private static final int LARGE = 150;

    private static final int TIMED = 100;
    /** The document that is being written, the newest one, and what the container keeps of a connection. */
    private static final long MOST_BYTES = 500_000;

    private final Client service = Client.as("service");
    private final String account = Client.newAccount();
    private Login login = service.login(account, "{\"state\":\"online\"}");

    @Test
    void watchers_that_do_not_read_delay_no_other_and_cost_little() throws IOException, InterruptedException {
        List<RawSocket> slow = new ArrayList<>();
        try (Events quick = Client.as("bob").watch(account)) {
            quick.next();
            long alone = percentile(timesUntilTold(quick));
            long before = heapAfterCollection();
            for (int i = 0; i < SLOW; i++) {
                slow.add(RawSocket.unread(Client.SERVER, i % 2 == 0 ? "carol" : "dave", account));
            }
            for (int i = 0; i < LARGE; i++) {
                login = LargeDocument.publish(login, i);
            }

            long beside = percentile(timesUntilTold(quick));
            long each = (heapAfterCollection() - before) / SLOW;

            String figures = SLOW + " slow watchers: the 99th of 100 changes reached the quick one after " + beside / 1_000
                    + " µs, without them after " + alone / 1_000 + " µs; each holds " + each + " bytes";
            System.getLogger(SlowWatchersIT.class.getName()).log(System.Logger.Level.INFO, figures);
            assertThat(Duration.ofNanos(beside)).as(figures).isLessThan(Duration.ofMillis(500).plusNanos(5 * alone));
            assertThat(each).as(figures).isLessThan(MOST_BYTES);
            assertThat(slow.get(0).status()).isEqualTo(200);
        } finally {
            for (RawSocket socket : slow) {
                socket.close();
            }
        }
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

    private static long heapAfterCollection() throws IOException, InterruptedException {
        Path pid = Path.of(System.getProperty("rollcall.wlp"), "usr/servers/.pid/rollcall-it.pid");
        Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
        String server = Files.readString(pid, StandardCharsets.UTF_8).strip();
        assertThat(new ProcessBuilder(jcmd.toString(), server, "GC.run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        return Client.as("admin").get("/metrics").text().lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToLong(line -> (long) Double.parseDouble(line.replaceFirst(".* ", "")))
                .sum();
    }
}
