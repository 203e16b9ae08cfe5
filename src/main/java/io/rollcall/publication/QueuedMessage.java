package io.rollcall.publication;

import io.rollcall.http.Problems;
import io.rollcall.message.PublicationAnswer;
import io.rollcall.message.PublicationMessage.Action;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A message of the queue, from being taken until it is known what became of it. Of one thread. */
final class QueuedMessage {
    /** How often the database, while it answers others, may fail to store one before it is given up. */
    private static final int MOST_FAILURES = 5;

    private final Message message;
    private @Nullable QueuedPublication publication;
    private @Nullable CompletableFuture<Published> storing;
    private @Nullable Problem failure;
    private int failures;
    private @Nullable PublicationAnswer answer;
    private @Nullable Problem refusal;

    private QueuedMessage(Message message, @Nullable QueuedPublication publication, @Nullable Problem refusal) {
        this.message = message;
        this.publication = publication;
        this.refusal = refusal;
    }

    /** Reads a message; one that cannot be read is refused, whatever is wrong with it. */
    static QueuedMessage of(Message message) {
        try {
            return new QueuedMessage(message, QueuedPublication.read(message), null);
        } catch (JMSException unreadable) {
            return new QueuedMessage(
                    message, null, new Problem(Kind.INVALID_REQUEST, "The message cannot be read", unreadable));
        } catch (RuntimeException refused) {
            return new QueuedMessage(message, null, Problems.problem(refused));
        }
    }

    Message message() {
        return message;
    }

    @Nullable String id() {
        try {
            return message.getJMSMessageID();
        } catch (JMSException unreadable) {
            return null;
        }
    }

    /** Where the author wants to be answered; null if nowhere, or nowhere that can be read. */
    @Nullable Destination replyTo() {
        try {
            return message.getJMSReplyTo();
        } catch (JMSException unreadable) {
            return null;
        }
    }

    /** Of the presentity that it is about; empty if it cannot be read. */
    String tuple() {
        return publication == null ? "" : publication.tuple();
    }

    /** Whether it is a log-in. */
    boolean isLogin() {
        return publication != null && publication.action() == Action.LOGIN;
    }

    /** Notes that it is a log-in that was stored when it was delivered before, perhaps to another node. */
    void storedBefore() {
        publication = publication == null ? null : publication.storedBefore();
    }

    /** Whether it is one that is no fault of its author: it was taken once already. */
    boolean wasStoredBefore() {
        return publication != null && publication.again();
    }

    /** Whether it is known what became of it. */
    boolean settled() {
        return answer != null || refusal != null;
    }

    /** What it was refused for; null if it was stored. */
    @Nullable Problem refusal() {
        return refusal;
    }

    /** What the author is told, once it is settled. */
    PublicationAnswer answer() {
        if (refusal != null) {
            return new PublicationAnswer(refusal.kind().status(), null, null, null, refusal.toJson());
        }
        if (answer == null) {
            throw new IllegalStateException("It is not known yet what became of it");
        }
        return answer;
    }

    /** Takes over what became of it when it was delivered before. */
    void settle(QueuedMessage before) {
        answer = before.answer;
        refusal = before.refusal;
    }

    /**
     * Has it stored, or refused at once.
     *
     * @return false if there is no room for it now: it is to be submitted again, and nothing that came after it before it
     */
    boolean submitTo(Function<QueuedPublication, CompletableFuture<Published>> store) {
        if (publication == null) {
            return true;
        }
        try {
            storing = store.apply(publication);
        } catch (RuntimeException refused) {
            refusal = Problems.problem(refused);
            return true;
        }
        boolean full = storing.isCompletedExceptionally();
        storing = full ? null : storing;
        return !full;
    }

    /** Whether it was submitted and what came of that has not been looked at. */
    boolean isBeingStored() {
        return storing != null;
    }

    CompletableFuture<?> stored() {
        return storing == null ? CompletableFuture.completedFuture(null) : storing;
    }

    /** Looks at what came of storing it. What could not be stored is not settled: it waits for better times. */
    void look() {
        CompletableFuture<Published> outcome = storing;
        storing = null;
        if (outcome == null || publication == null) {
            return;
        }
        try {
            answer = answer(publication, outcome.join());
        } catch (CompletionException failed) {
            Problem problem = Problems.problem(failed);
            if (problem.kind() == Kind.UNAVAILABLE) {
                failure = problem;
            } else {
                refusal = problem;
            }
        }
    }

    /** Counts a failure that the database is not to blame for; after some it is refused. */
    void countFailure() {
        if (failure != null && ++failures == MOST_FAILURES) {
            giveUp();
        }
    }

    /** Refuses it for the failure it met last. */
    void giveUp() {
        refusal = failure == null ? new Problem(Kind.UNAVAILABLE, "It could not be stored") : failure;
    }

    private static PublicationAnswer answer(QueuedPublication request, Published published) {
        String tuple = published.presentity().tupleId();
        return switch (request.action()) {
            case LOGOUT -> new PublicationAnswer(204, tuple, null, null, null);
            case LOGIN, MODIFY, REFRESH ->
                new PublicationAnswer(
                        request.action() == Action.LOGIN ? 201 : 200,
                        tuple,
                        published.presentity().entityTag(),
                        published.expires(),
                        new String(request.form().write(published), StandardCharsets.UTF_8));
        };
    }
}
