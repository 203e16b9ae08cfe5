package io.rollcall.presentity;

import io.rollcall.metrics.Alarm;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A change on its way to the database, with what it came to when it was last decided. */
final class PendingChange<R> {
    private static final Logger LOG = Logger.getLogger(PendingChange.class.getName());

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
        } catch (RuntimeException failure) {
            // one change that goes wrong must not take the others of its group with it
            Alarm.UNFORESEEN.raise(LOG, "A change of " + change.address() + " could not be decided", failure);
            refusal = new Problem(Kind.INTERNAL, "The server failed; its log says why", failure);
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
