package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.BrokerInside;
import io.rollcall.message.PublicationMessage;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Examples;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of messages that were taken together, as storing them succeeds and fails. */
@ExtendWith(BrokerInside.class)
class QueuedGroupTest {
    private static final AccountPresence ALICE = Examples.loggedIn("online");
    private static final Published STORED = new Published(Examples.tuple(ALICE, "t1"), 60);
    private static final Problem AWAY = new Problem(Kind.UNAVAILABLE, "It could not be stored; try again later");

    private final JMSContext jms;

    /** What was submitted, by its tag, in the order it was. */
    private final List<String> submitted = new ArrayList<>();

    private final Deque<CompletableFuture<Published>> outcomes = new ConcurrentLinkedDeque<>();
    private final Map<CompletableFuture<Published>, Problem> failures = new HashMap<>();
    private boolean databaseAnswers;

    QueuedGroupTest(JMSContext jms) {
        this.jms = jms;
    }

    @Test
    void all_are_submitted_in_their_order_before_one_is_waited_for() throws JMSException {
        List<QueuedMessage> messages = List.of(refresh("t1", "a"), refresh("t2", "b"), refresh("t1", "c"));
        CompletableFuture<Published> late = new CompletableFuture<>();
        outcomes.add(late);
        outcomes.add(new CompletableFuture<>());
        outcomes.add(new CompletableFuture<>());
        List<CompletableFuture<Published>> all = List.copyOf(outcomes);

        CompletableFuture<Void> stored = CompletableFuture.runAsync(() -> store(messages));
        Await.until("all are submitted", outcomes::isEmpty);
        assertThat(stored).isNotDone();
        all.forEach(outcome -> outcome.complete(STORED));
        stored.join();

        assertThat(submitted).containsExactly("a", "b", "c");
        assertThat(messages).allMatch(QueuedMessage::settled);
        assertThat(messages.get(0).answer().status()).isEqualTo(200);
    }

    @Test
    void a_refusal_is_final_and_takes_no_other_with_it() throws JMSException {
        List<QueuedMessage> messages = List.of(refresh("t1", "a"), refresh("t2", "b"));
        fails(new Problem(Kind.CONDITION_FAILED, "stale"));
        succeeds();

        store(messages);

        assertThat(submitted).containsExactly("a", "b");
        assertThat(messages.get(0).answer().status()).isEqualTo(412);
        assertThat(messages.get(1).answer().status()).isEqualTo(200);
    }

    @Test
    void while_the_database_is_away_it_is_tried_again_in_the_same_order_however_often() throws JMSException {
        List<QueuedMessage> messages = List.of(refresh("t1", "a"), refresh("t1", "b"));
        for (int i = 0; i < 8; i++) {
            fails(AWAY);
            fails(AWAY);
        }
        succeeds();
        succeeds();

        store(messages);

        assertThat(submitted).hasSize(18).endsWith("a", "b", "a", "b");
        assertThat(messages).extracting(message -> message.answer().status()).containsOnly(200);
    }

    @Test
    void what_was_overtaken_by_a_later_message_of_its_presentity_is_refused() throws JMSException {
        List<QueuedMessage> messages = List.of(refresh("t1", "a"), refresh("t2", "b"), refresh("t1", "c"));
        fails(AWAY);
        fails(AWAY);
        succeeds();
        succeeds();

        store(messages);

        assertThat(submitted).containsExactly("a", "b", "c", "b");
        assertThat(messages).extracting(message -> message.answer().status()).containsExactly(503, 200, 200);
    }

    @Test
    void what_alone_cannot_be_stored_is_given_up() throws JMSException {
        databaseAnswers = true;
        List<QueuedMessage> messages = List.of(refresh("t1", "a"));
        for (int i = 0; i < 6; i++) {
            fails(AWAY);
        }

        store(messages);

        assertThat(submitted).as("once with others, five times alone").hasSize(6);
        assertThat(messages.get(0).refusal()).isEqualTo(AWAY);
    }

    @Test
    void what_cannot_be_stored_takes_no_other_with_it() throws JMSException {
        databaseAnswers = true;
        List<QueuedMessage> messages = List.of(refresh("t1", "a"), refresh("t2", "b"));
        fails(AWAY);
        fails(AWAY);
        fails(AWAY);
        succeeds();
        for (int i = 0; i < 4; i++) {
            fails(AWAY);
        }

        store(messages);

        assertThat(submitted).containsExactly("a", "b", "a", "b", "a", "a", "a", "a");
        assertThat(messages).extracting(message -> message.answer().status()).containsExactly(503, 200);
    }

    @Test
    void where_there_is_no_room_nothing_is_submitted_after_it() throws JMSException {
        databaseAnswers = true;
        List<QueuedMessage> messages = List.of(refresh("t1", "a"), refresh("t1", "b"));
        for (int i = 0; i < 8; i++) {
            outcomes.add(CompletableFuture.failedFuture(AWAY));
        }
        succeeds();
        succeeds();

        store(messages);

        assertThat(submitted).containsExactly("a", "a", "a", "a", "a", "a", "a", "a", "a", "b");
        assertThat(messages).allMatch(message -> message.refusal() == null);
    }

    @Test
    void when_the_server_stops_what_is_not_stored_stays_unsettled() throws JMSException, InterruptedException {
        List<QueuedMessage> messages = List.of(refresh("t1", "a"));
        fails(AWAY);
        AtomicInteger looks = new AtomicInteger();

        group().store(messages, () -> failAllThatIsWaitedFor() || looks.incrementAndGet() > 2);

        assertThat(messages.get(0).settled()).isFalse();
    }

    private void succeeds() {
        outcomes.add(CompletableFuture.completedFuture(STORED));
    }

    /** Later, when it is waited for: what fails at once has found no room. */
    private void fails(Problem failure) {
        CompletableFuture<Published> outcome = new CompletableFuture<>();
        outcomes.add(outcome);
        failures.put(outcome, failure);
    }

    private boolean failAllThatIsWaitedFor() {
        failures.forEach((outcome, failure) -> {
            if (!outcomes.contains(outcome)) {
                outcome.completeExceptionally(failure);
            }
        });
        return false;
    }

    private void store(List<QueuedMessage> messages) {
        try {
            group().store(messages, this::failAllThatIsWaitedFor);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private QueuedGroup group() {
        return new QueuedGroup(
                publication -> {
                    submitted.add(publication.tag());
                    return outcomes.remove();
                },
                () -> databaseAnswers,
                1);
    }

    private QueuedMessage refresh(String tuple, String tag) throws JMSException {
        TextMessage message = jms.createTextMessage();
        PublicationMessage.refresh(Examples.ALICE, tuple, tag).writeTo(message);
        return QueuedMessage.of(message);
    }
}
