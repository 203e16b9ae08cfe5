package io.rollcall.notification;

import static io.rollcall.presentity.Examples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.policy.Handling;
import io.rollcall.composition.Composition;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Requests;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 6446 §5: how often a watcher is told")
class PacingTest {
    private static final String CAROL = "carol@example.com";
    private static final Broadcast NEWS = new Broadcast(1L);

    private long now = 1_000;
    private final Pacing pacing = new Pacing(0, () -> now);
    private final TestSubscriber subscriber = new TestSubscriber();

    /** Notes what it puts into its next write. */
    private static class TestSubscriber extends Subscriber {
        final List<String> put = new ArrayList<>();

        TestSubscriber() {
            super(new Caller("bob", Address.parse("bob@example.com").orElseThrow(), false, false), new Subscriptions());
        }

        @Override
        synchronized void put(Notification notification) {
            put.add(notification.key() + ' ' + notification.number());
        }

        @Override
        protected boolean send(News waiting) {
            return false;
        }

        @Override
        protected void disconnect() {}

        @Override
        public void gone() {}
    }

    @Test
    void one_that_cannot_be_told_keeps_no_other_waiting_and_is_told_later() {
        boolean[] fails = {true};
        List<Long> released = new ArrayList<>();
        TestSubscriber failing = new TestSubscriber() {
            @Override
            synchronized void release(long time) {
                if (fails[0]) {
                    throw new IllegalStateException("it fails");
                }
                released.add(time);
            }
        };
        TestSubscriber other = new TestSubscriber() {
            @Override
            synchronized void release(long time) {
                released.add(time);
            }
        };
        pacing.schedule(failing, now);
        pacing.schedule(other, now);
        long first = now;

        pacing.tick();
        assertThat(released).containsExactly(first);

        fails[0] = false;
        now += 1_000;
        pacing.tick();
        assertThat(released).containsExactly(first, first + 1_000);
    }

    private Subscription watch(String account, int window) {
        Subscription subscription = Objects.requireNonNull(subscriber.subscribe(account));
        subscriber.wish(window);
        subscriber.pace(account, pacing);
        return subscription;
    }

    private void show(Subscription subscription, long version) {
        Rendition rendition = new Rendition(Composition.offline(subscription.address(), version, 1000 * version));
        subscriber.show(
                subscription,
                new View(subscription.address(), version, Handling.ALLOW, rendition),
                new Broadcast(version));
    }

    private List<String> told() {
        List<String> told = List.copyOf(subscriber.put);
        subscriber.put.clear();
        return told;
    }

    private void at(long time) {
        now = time;
        pacing.tick();
    }

    @Test
    void the_first_state_comes_at_once_then_the_newest_at_the_end_of_each_window() {
        Subscription alice = watch(ALICE, 500);
        show(alice, 1);
        assertThat(told()).containsExactly("p:alice@example.com 1");

        show(alice, 2);
        show(alice, 3);
        at(1_499);
        assertThat(told()).isEmpty();
        at(1_500);
        assertThat(told()).containsExactly("p:alice@example.com 3");

        show(alice, 4);
        at(1_999);
        assertThat(told()).isEmpty();
        at(2_000);
        assertThat(told()).containsExactly("p:alice@example.com 4");
    }

    @Test
    void after_a_quiet_window_the_next_state_comes_at_once() {
        Subscription alice = watch(ALICE, 500);
        show(alice, 1);
        at(2_000);
        show(alice, 2);

        assertThat(told()).containsExactly("p:alice@example.com 1", "p:alice@example.com 2");
        at(9_000);
        assertThat(told()).isEmpty();
    }

    @Test
    void each_account_has_a_window_of_its_own() {
        Subscription alice = watch(ALICE, 500);
        Subscription carol = watch(CAROL, 100);
        show(alice, 1);
        show(carol, 2);
        show(alice, 3);
        show(carol, 4);
        told();

        at(1_100);
        assertThat(told()).containsExactly("p:carol@example.com 4");
        at(1_500);
        assertThat(told()).containsExactly("p:alice@example.com 3");
    }

    @Test
    void a_change_of_the_subscription_is_never_delayed() {
        Subscription alice = watch(ALICE, 500);
        show(alice, 1);
        subscriber.show(alice, new View(ALICE, 2, Handling.CONFIRM, null), NEWS);
        show(alice, 3);

        assertThat(told())
                .containsExactly(
                        "p:alice@example.com 1",
                        "s:alice@example.com " + Long.MAX_VALUE,
                        "s:alice@example.com " + Long.MAX_VALUE,
                        "p:alice@example.com 3");
    }

    @Test
    void whoever_gets_blocked_is_not_told_what_was_held_back() {
        Subscription alice = watch(ALICE, 500);
        show(alice, 1);
        show(alice, 2);
        subscriber.show(alice, new View(ALICE, 3, Handling.BLOCK, null), NEWS);
        told();
        at(9_000);

        assertThat(told()).isEmpty();
    }

    @Test
    void what_is_unsubscribed_is_not_told_later() {
        Subscription alice = watch(ALICE, 500);
        show(alice, 1);
        show(alice, 2);
        subscriber.unsubscribe(ALICE);
        told();
        at(9_000);

        assertThat(told()).isEmpty();
    }

    @Test
    void a_new_wish_holds_for_what_is_held_back_already() {
        Subscription alice = watch(ALICE, 60_000);
        show(alice, 1);
        show(alice, 2);
        told();
        subscriber.wish(100);
        subscriber.pace(ALICE, pacing);

        at(1_100);

        assertThat(told()).containsExactly("p:alice@example.com 2");
    }

    @Test
    void a_closed_connection_is_let_go_however_long_its_window() {
        Subscription alice = watch(ALICE, 86_400_000);
        show(alice, 1);
        show(alice, 2);
        assertThat(pacing.size()).isEqualTo(1);
        subscriber.close();

        at(61_000);

        assertThat(pacing.size()).isZero();
    }

    @Test
    void a_long_window_beside_a_short_one_is_not_noted_again_and_again() {
        Subscription alice = watch(ALICE, 86_400_000);
        Subscription carol = watch(CAROL, 100);
        show(alice, 1);
        show(alice, 2);
        for (int version = 3; version < 3_000; version += 2) {
            show(carol, version);
            show(carol, version + 1);
            at(now + 100);
        }
        assertThat(pacing.size()).isLessThan(500);
        told();

        at(1_000 + 86_400_000);

        assertThat(told()).containsExactly("p:alice@example.com 2");
        assertThat(pacing.size()).isZero();
    }

    @Test
    void no_event_claims_that_what_is_held_back_was_seen() {
        Held held = new Held(subscriber, pacing);
        Subscription alice = new Subscription(subscriber, ALICE);
        alice.advance(1);
        held.pace(alice, 500);
        Notification seven = new Broadcast(7L).notification(new Rendition(Composition.offline(ALICE, 7, null)));
        Notification nine = new Broadcast(9L).notification(new Rendition(Composition.offline(CAROL, 9, null)));

        assertThat(held.mayPass(alice, seven, false)).isFalse();

        assertThat(held.passedUpTo()).isEqualTo(6);
        assertThat(nine.withIdUpTo(held.passedUpTo()).number()).isEqualTo(6);
        assertThat(seven.withIdUpTo(Long.MAX_VALUE)).isSameAs(seven);
    }

    @ParameterizedTest
    @CsvSource({"1,1000", "0.2,5000", "2.5,400", "3,334", "1000,1", "0.0000001,86400000"})
    void a_rate_is_notifications_a_second(String rate, int window) {
        assertThat(Requests.window(rate)).isEqualTo(window);
    }

    @Test
    void no_watcher_gets_more_than_the_server_allows_all() {
        Pacing limited = new Pacing(2_000, () -> now);

        assertThat(limited.atLeast(Requests.window(null))).isEqualTo(2_000);
        assertThat(limited.atLeast(Requests.window("10"))).isEqualTo(2_000);
        assertThat(limited.atLeast(Requests.window("0.1"))).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0.0", "-1", "1e3", "fast", "NaN", "1,5", "99999", "0.12345678901", " 1"})
    void what_is_no_rate_is_refused(String rate) {
        assertThatThrownBy(() -> Requests.window(rate)).isInstanceOf(Problem.class).hasMessageContaining("maxRate");
    }
}
