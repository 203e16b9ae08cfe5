package io.rollcall.presentity;

import io.rollcall.problem.Problem;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A change on its way to the database, with what it came to when it was last decided. */
final class PendingChange<R> {
    private final Change<R> change;
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private Change.@Nullable Outcome<R> outcome;
    private @Nullable Problem refusal;

    PendingChange(Change<R> change) {
        this.change = change;
    }

    Change<R> change() {
        return change;
    }

    CompletableFuture<R> answer() {
        return answer;
    }

    /** Decides on the account as it stands; gives the outcome, or null if the change was refused. */
    Change.@Nullable Outcome<R> decide(AccountPresence now, Instant time) {
        outcome = null;
        refusal = null;
        try {
            outcome = change.decide(now, time);
        } catch (Problem refused) {
            refusal = refused;
        }
        return outcome;
    }

    /** Tells the author what became of it, after the commit. */
    void tell() {
        if (outcome != null) {
            answer.complete(outcome.answer());
        } else if (refusal != null) {
            answer.completeExceptionally(refusal);
        }
    }

    void fail(Problem failure) {
        answer.completeExceptionally(failure);
    }
}
