package io.rollcall.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import org.junit.jupiter.api.Test;

/** What is to be recorded of the subscriptions of this node. */
class SubscriptionsTest {
    private static final String ALICE = "alice@example.com";

    private final Subscriptions subscriptions = new Subscriptions();
    private final Connected bob = new Connected(false);
    private final Subscription subscription = new Subscription(bob, ALICE);

    @Test
    void one_that_was_never_decided_is_not_recorded() {
        subscriptions.add(subscription);
        subscriptions.remove(subscription);

        assertThat(subscriptions.takeUnrecorded(10)).isEmpty();
        assertThat(subscriptions.to(ALICE)).isEmpty();
    }

    @Test
    void one_that_changes_often_is_recorded_once_with_its_last_state() {
        subscriptions.add(subscription);
        for (Handling handling : Handling.values()) {
            subscription.follow(handling);
            subscriptions.changed(subscription);
        }

        assertThat(subscriptions.takeUnrecorded(10)).containsExactly(subscription);
        assertThat(subscription.standing().status()).isEqualTo(Status.ACTIVE);
        assertThat(subscriptions.takeUnrecorded(10)).isEmpty();
    }

    @Test
    void what_changes_after_it_was_taken_is_recorded_again() {
        subscriptions.add(subscription);
        subscription.follow(Handling.CONFIRM);
        subscriptions.changed(subscription);
        subscriptions.takeUnrecorded(10);

        subscriptions.remove(subscription);

        assertThat(subscriptions.takeUnrecorded(10)).containsExactly(subscription);
    }

    @Test
    void no_more_are_taken_at_once_than_asked_for() {
        for (int i = 0; i < 3; i++) {
            Subscription one = new Subscription(bob, i + ALICE);
            one.follow(Handling.ALLOW);
            subscriptions.changed(one);
        }

        assertThat(subscriptions.takeUnrecorded(2)).hasSize(2);
        assertThat(subscriptions.takeUnrecorded(2)).hasSize(1);
    }

    @Test
    void those_of_a_list_stand_without_their_connection() {
        Subscription listed = new Subscription(new Connected(true), ALICE);
        listed.follow(Handling.CONFIRM);
        subscriptions.add(listed);
        subscriptions.changed(listed);

        assertThat(subscriptions.takeUnrecorded(10)).isEmpty();
    }

    @Test
    void a_node_that_was_held_dead_records_all_anew() {
        subscriptions.add(subscription);
        subscription.follow(Handling.ALLOW);
        subscriptions.changed(subscription);
        subscriptions.takeUnrecorded(10);

        subscriptions.recordAnew();

        assertThat(subscriptions.takeUnrecorded(10)).containsExactly(subscription);
    }

    private record Connected(boolean listed) implements Watcher {
        @Override
        public Caller caller() {
            return new Caller("bob", new Address("bob", "example.com"), false, false);
        }

        @Override
        public void giveUp(Subscription subscription) {
            throw new AssertionError("nobody gives up here");
        }
    }
}
