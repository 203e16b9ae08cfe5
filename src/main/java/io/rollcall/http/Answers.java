package io.rollcall.http;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what is being stored. */
public final class Answers {
    private static final int MOST_SECONDS = 30;

    private Answers() {}

    /**
     * Waits until it is stored, and gives the answer. The thread waits, because JAX-RS' asynchronous answers cost more than
     * a waiting thread, and go wrong when one is ready before its request's own thread has left.
     *
     * @throws Problem what it was refused for; {@link Kind#UNAVAILABLE} if it took too long to tell
     */
    public static <T> T await(CompletableFuture<T> stored) {
        try {
            return stored.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            throw Problems.problem(refused.getCause());
        } catch (TimeoutException slow) {
            throw new Problem(Kind.UNAVAILABLE, "It is not known yet whether it was stored; look before you try again");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.UNAVAILABLE, "The server is stopping; look what was stored before you try again");
        }
    }
}
