package io.rollcall.publication;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Stores messages that were taken together: all are submitted in their order before any is waited for, so that they
 * share a transaction. While the database is away they are kept, and tried again.
 */
final class QueuedGroup {
    private static final long LONGEST_PAUSE = 5_000;

    private final Function<QueuedPublication, CompletableFuture<Published>> store;
    private final BooleanSupplier databaseAnswers;
    private final long firstPause;

    /**
     * @param store has a publication stored; what it gives at once with a failure has found no room
     * @param databaseAnswers whether the database can be asked something
     * @param firstPause milliseconds before it is tried again; the next ones are longer
     */
    QueuedGroup(
            Function<QueuedPublication, CompletableFuture<Published>> store,
            BooleanSupplier databaseAnswers,
            long firstPause) {
        this.store = store;
        this.databaseAnswers = databaseAnswers;
        this.firstPause = firstPause;
    }

    /**
     * Stores or refuses each.
     *
     * @param stopped whether to give up; then some of them may not be settled
     */
    void store(List<QueuedMessage> messages, BooleanSupplier stopped) throws InterruptedException {
        List<QueuedMessage> left = messages;
        long pause = firstPause;
        while (!stopped.getAsBoolean()) {
            submit(left);
            await(left, stopped);
            left = left.stream().filter(message -> !message.settled()).toList();
            if (left.isEmpty()) {
                return;
            }
            Thread.sleep(pause);
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
        }
    }

    private void submit(List<QueuedMessage> messages) {
        for (QueuedMessage message : messages) {
            if (!message.submitTo(store)) {
                return;
            }
        }
    }

    private void await(List<QueuedMessage> messages, BooleanSupplier stopped) throws InterruptedException {
        List<QueuedMessage> submitted =
                messages.stream().filter(QueuedMessage::isBeingStored).toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(
                submitted.stream().map(QueuedMessage::stored).toArray(CompletableFuture[]::new));
        while (!all.isDone() && !stopped.getAsBoolean()) {
            try {
                all.get(1, TimeUnit.SECONDS);
            } catch (ExecutionException oneWasRefused) {
                // each is looked at below
            } catch (TimeoutException slow) {
                // the database sets the time
            }
        }
        if (all.isDone()) {
            submitted.forEach(QueuedMessage::look);
            giveUpWhatWasOvertaken(submitted);
            countFailures(submitted);
        }
    }

    /** What came before something of the same presentity that is stored now is too late: it must not be stored after it. */
    private static void giveUpWhatWasOvertaken(List<QueuedMessage> submitted) {
        Set<String> stored = new HashSet<>();
        for (int i = submitted.size() - 1; i >= 0; i--) {
            QueuedMessage message = submitted.get(i);
            if (!message.settled() && stored.contains(message.tuple())) {
                message.giveUp();
            } else if (message.settled() && message.refusal() == null) {
                stored.add(message.tuple());
            }
        }
    }

    private void countFailures(List<QueuedMessage> submitted) {
        List<QueuedMessage> failed =
                submitted.stream().filter(message -> !message.settled()).toList();
        if (!failed.isEmpty() && databaseAnswers.getAsBoolean()) {
            failed.forEach(QueuedMessage::countFailure);
        }
    }
}
