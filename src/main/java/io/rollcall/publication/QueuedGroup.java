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
 * share a transaction. While the database takes no changes they are kept, and tried again. Where it does, but not these,
 * each is tried alone, so that one that cannot be stored takes no other with it.
 */
final class QueuedGroup {
    private static final long LONGEST_PAUSE = 5_000;

    private final Function<QueuedPublication, CompletableFuture<Published>> store;
    private final BooleanSupplier databaseTakesChanges;
    private final long firstPause;

    /**
     * @param store has a publication stored; what it gives at once with a failure has found no room
     * @param databaseTakesChanges whether the database stores anything
     * @param firstPause milliseconds before it is tried again; the next ones are longer
     */
    QueuedGroup(
            Function<QueuedPublication, CompletableFuture<Published>> store,
            BooleanSupplier databaseTakesChanges,
            long firstPause) {
        this.store = store;
        this.databaseTakesChanges = databaseTakesChanges;
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
        boolean alone = false;
        while (!stopped.getAsBoolean()) {
            alone = alone ? !storeEach(left, stopped) : storeTogether(left, stopped);
            giveUpWhatWasOvertaken(left);
            left = left.stream().filter(message -> !message.settled()).toList();
            if (left.isEmpty()) {
                return;
            }
            Thread.sleep(pause);
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
        }
    }

    /** @return whether some failed although the database takes changes: one of them may be at fault */
    private boolean storeTogether(List<QueuedMessage> messages, BooleanSupplier stopped) throws InterruptedException {
        submit(messages);
        return await(messages, stopped) && databaseTakesChanges.getAsBoolean();
    }

    /** @return whether all are settled, or the database is to blame that they are not */
    private boolean storeEach(List<QueuedMessage> messages, BooleanSupplier stopped) throws InterruptedException {
        for (QueuedMessage message : messages) {
            List<QueuedMessage> alone = List.of(message);
            submit(alone);
            if (await(alone, stopped)) {
                if (!databaseTakesChanges.getAsBoolean()) {
                    return true;
                }
                message.countFailure();
            } else if (!message.settled()) {
                // no room, or the end: nothing that came after it goes before it
                return false;
            }
        }
        return messages.stream().allMatch(QueuedMessage::settled);
    }

    private void submit(List<QueuedMessage> messages) {
        for (QueuedMessage message : messages) {
            if (!message.submitTo(store)) {
                return;
            }
        }
    }

    /** @return whether one that was submitted could not be stored */
    private boolean await(List<QueuedMessage> messages, BooleanSupplier stopped) throws InterruptedException {
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
        }
        return all.isDone() && submitted.stream().anyMatch(message -> !message.settled());
    }

    /** What came before something of the same presentity that is stored now is too late: it must not be stored after it. */
    private static void giveUpWhatWasOvertaken(List<QueuedMessage> messages) {
        Set<String> stored = new HashSet<>();
        for (int i = messages.size() - 1; i >= 0; i--) {
            QueuedMessage message = messages.get(i);
            if (!message.settled() && stored.contains(message.tuple())) {
                message.giveUp();
            } else if (message.settled() && message.refusal() == null) {
                stored.add(message.tuple());
            }
        }
    }
}
