package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Flood;
import io.rollcall.client.Login;
import io.rollcall.client.Probe;
import io.rollcall.client.Tally;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Far more than a server can take, for so many seconds as {@code -Drollcall.overload.seconds} says. */
@Isolated
class OverloadIT {
    private static final int SECONDS = Integer.getInteger("rollcall.overload.seconds", 5);
    private static final Duration FOR_MEASURE = Duration.ofSeconds(Math.max(2, SECONDS / 5));
    /** On each of which one publication is under way. */
    private static final int CONNECTIONS = 2_000;
    private static final int ACCOUNTS_OF_A_SOCKET = 250;
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** Far more than the half second that what is taken may have to wait, and the database now and then hesitates. */
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final long AT_EASE = Duration.ofMillis(300).toNanos();
    /** Nothing of a flood is kept. */
    private static final long SOME_BYTES = 20_000_000;

    private final System.Logger log = System.getLogger(OverloadIT.class.getName());
    private final Probe server = Probe.ofSharedServer();

    @Test
    void over_many_connections_all_are_served_or_refused_soon() throws IOException {
        try (Flood flood = Flood.overHttp(Client.SERVER, CONNECTIONS)) {
            mustBeEndured(flood);
        }
    }

    @Test
    void over_websockets_what_is_too_much_is_refused_at_once_and_the_rest_is_served() throws IOException {
        try (Flood flood = Flood.overWebSocket(Client.SERVER, 4, ACCOUNTS_OF_A_SOCKET)) {
            Tally tally = mustBeEndured(flood);
            assertThat(tally.count(UNAVAILABLE)).as("refused, %s", tally).isPositive();
        }
    }

    private Tally mustBeEndured(Flood flood) {
        Tally measure = flood.patient(FOR_MEASURE);
        long before = server.heap();
        Tally tally = flood.at(3 * measure.perSecond(OK), Duration.ofSeconds(SECONDS));
        Duration over = untilAtEase();
        long kept = server.heap() - before;

        log.log(System.Logger.Level.INFO, "As fast as answered: " + measure + "\nThree times that: " + tally
                + "\nAt ease after " + over.toMillis() + " ms, " + kept + " bytes of heap more");
        assertThat(tally.answers().keySet()).as("answers, %s", tally).isSubsetOf(OK, TOO_MANY, UNAVAILABLE);
        assertThat(tally.unexplained()).as("refusals without Retry-After").isZero();
        assertThat(tally.within(99, UNAVAILABLE)).as("refusals, %s", tally).isLessThan(SOON);
        assertThat(tally.within(99, OK)).as("what was taken, %s", tally).isLessThan(SOON);
        assertThat(tally.perSecond(OK)).as("taken of %s, %s", measure, tally).isGreaterThan(measure.perSecond(OK) / 5);
        assertThat(kept).as("bytes kept").isLessThan(SOME_BYTES);
        assertThat(flood.lost()).as("lost").isEmpty();
        return tally;
    }

    private static Duration untilAtEase() {
        Login[] login = {Client.as("service").login(Client.newAccount(), "{\"state\":\"online\"}")};
        long start = System.nanoTime();
        int[] good = {0};
        Await.until("ten publications are stored at once", () -> {
            long sent = System.nanoTime();
            boolean stored = login[0].tryModify("{\"state\":\"busy\",\"note\":\"" + sent + "\"}").status() == 200;
            login[0] = new Login(login[0].by(), login[0].account(), login[0].tuple(), "*", login[0].answer());
            good[0] = stored && System.nanoTime() - sent < AT_EASE ? good[0] + 1 : 0;
            return good[0] == 10;
        });
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
