package io.rollcall.delivery;

import static io.rollcall.presentity.Examples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.composition.Composition;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Format;
import io.rollcall.notification.Notification;
import io.rollcall.notification.Rendition;
import io.rollcall.notification.Sights;
import io.rollcall.notification.View;
import io.rollcall.policy.Handling;
import io.rollcall.subscription.Delivery;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.Outlet;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.subscription.Subscriptions;
import io.rollcall.webhook.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of news for a service outside that takes them, or does not. */
class ListDeliveryTest {
    private static final String CAROL = "carol@example.com";
    private static final Outcome DOWN = Outcome.failed("it is down");

    private final Service service = new Service();
    private final Node node = new Node();
    private final ListDelivery delivery = delivery();

    /** Takes news or does not, as the test says, and notes what it was brought. */
    private static final class Service implements Courier {
        final List<String> brought = new ArrayList<>();
        final List<String> ids = new ArrayList<>();
        Outcome outcome = Outcome.TAKEN;
        boolean isGivenUp;
        Runnable meanwhile = () -> {};
        boolean wanted = true;
        Executor threads = Runnable::run;

        @Override
        public Outcome carry(SubscriptionList list, List<Notification> news, String id, BooleanSupplier asked) {
            meanwhile.run();
            wanted = asked.getAsBoolean();
            StringBuilder text = new StringBuilder();
            for (Notification one : news) {
                Rendition rendition = one.rendition();
                text.append(one.account(), 0, 1)
                        .append(
                                rendition == null
                                        ? Objects.requireNonNull(one.standing()).status().word()
                                        : String.valueOf(rendition.document().version()))
                        .append(' ');
            }
            brought.add(text.toString().strip());
            ids.add(id);
            return outcome;
        }

        @Override
        public Executor threads(boolean failing) {
            return threads;
        }

        @Override
        public Backoff backoff() {
            return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random(1));
        }

        @Override
        public boolean givesUpAfter(Duration failing) {
            return isGivenUp;
        }
    }

    /** A node without a database. */
    private static final class Node extends OpenDeliveries {
        final List<Runnable> later = new ArrayList<>();
        Duration pause = Duration.ZERO;
        long reached = 7;
        boolean safe = true;
        boolean leaving;
        String end = "";

        @Override
        long reached() {
            return reached;
        }

        @Override
        boolean isLeaving() {
            return leaving;
        }

        @Override
        Instant now() {
            return Instant.EPOCH;
        }

        @Override
        boolean isSafe() {
            return safe;
        }

        @Override
        void count(SubscriptionList list, int events, Outcome outcome) {}

        @Override
        Future<?> later(Runnable work, Duration after) {
            later.add(work);
            pause = after;
            return new CompletableFuture<>();
        }

        @Override
        void gone(ListDelivery delivery, SubscriptionList target, String error) {
            end = "gone: " + error;
        }

        @Override
        void giveUp(ListDelivery delivery, SubscriptionList target, Instant since, String error) {
            end = "given up: " + error;
        }

        @Override
        void remove(ListDelivery delivery) {
            end = "removed";
        }
    }

    private static SubscriptionList list(int revision) {
        return new SubscriptionList(
                "list",
                new Caller("bob", Address.parse("bob@example.com").orElseThrow(), false, false),
                Delivery.WEBHOOK,
                revision,
                Instant.EPOCH,
                Instant.MAX,
                Set.of(),
                Set.of(),
                new Outlet(Format.JSON, null, null, null, null, null, null));
    }

    private ListDelivery delivery() {
        ListDelivery made = new ListDelivery(list(1), 3, service, new Subscriptions(), node);
        made.begin();
        return made;
    }

    private Subscription watch(String account) {
        return Sights.watch(delivery, account);
    }

    private void show(Subscription subscription, long version, Handling handling) {
        String account = subscription.address();
        View view = handling == Handling.ALLOW
                ? Sights.of(Composition.offline(account, version, 1000 * version))
                : Sights.nothing(account, version, handling);
        Sights.show(delivery, subscription, view, version);
    }

    private void show(Subscription subscription, long version) {
        show(subscription, version, Handling.ALLOW);
    }

    private void tryAgain() {
        Runnable next = node.later.remove(0);
        next.run();
    }

    @Test
    void what_is_taken_is_done_and_the_position_follows() {
        show(watch(ALICE), 1);

        assertThat(service.brought).containsExactly("a1");
        assertThat(delivery.position(false).delivered()).isEqualTo(7);
        assertThat(delivery.waitingSince()).isNull();
        assertThat(node.later).isEmpty();
    }

    @Test
    void one_to_whom_nothing_happens_comes_as_far_as_its_node_when_it_is_asked_to() {
        node.reached = 9;

        assertThat(delivery.position(false).delivered()).isEqualTo(3);
        assertThat(delivery.position(true).delivered()).isEqualTo(9);
    }

    @Test
    void what_is_not_taken_is_brought_again_the_newest_state_only() {
        Subscription alice = watch(ALICE);
        Subscription carol = watch(CAROL);
        service.outcome = DOWN;
        show(alice, 1);
        show(carol, 2);
        show(alice, 3);
        show(alice, 4);
        assertThat(delivery.position(true).delivered()).isEqualTo(3);
        assertThat(delivery.position(true).failingSince()).isNotNull();
        assertThat(delivery.position(true).error()).isEqualTo("it is down");
        assertThat(delivery.waitingSince()).isNotNull();

        service.outcome = Outcome.TAKEN;
        tryAgain();

        assertThat(service.brought).containsExactly("a1", "c2 a4");
        assertThat(delivery.position(false).delivered()).isEqualTo(7);
        assertThat(delivery.position(false).failingSince()).isNull();
        assertThat(delivery.position(false).error()).isNull();
    }

    @Test
    void the_same_news_have_the_same_id_and_others_another() {
        Subscription alice = watch(ALICE);
        service.outcome = DOWN;
        show(alice, 1);
        tryAgain();
        show(alice, 2);
        tryAgain();

        assertThat(service.brought).containsExactly("a1", "a1", "a2");
        assertThat(service.ids.get(1)).isEqualTo(service.ids.get(0));
        assertThat(service.ids.get(2)).isNotEqualTo(service.ids.get(0));
    }

    @Test
    void what_was_seen_before_a_block_is_not_brought_after_it() {
        Subscription alice = watch(ALICE);
        service.outcome = DOWN;
        show(alice, 1);
        show(alice, 2, Handling.BLOCK);
        service.outcome = Outcome.TAKEN;
        tryAgain();

        assertThat(service.brought).containsExactly("a1", "aterminated");
    }

    @Test
    void what_was_under_way_to_one_who_is_blocked_meanwhile_is_not_brought_again() {
        Subscription alice = watch(ALICE);
        List<Notification> underWay = List.of(Sights.news(Composition.offline(ALICE, 1, null), 1));
        node.safe = false;
        show(alice, 2, Handling.BLOCK);
        Sights.putBack(delivery, underWay);
        node.safe = true;
        tryAgain();

        assertThat(service.brought).containsExactly("aterminated");
    }

    @Test
    void what_took_so_long_that_another_node_may_have_taken_over_is_not_wanted_any_more() {
        service.meanwhile = () -> node.safe = false;

        show(watch(ALICE), 1);

        assertThat(service.wanted).isFalse();
    }

    @Test
    void a_wish_that_ended_while_news_were_under_way_is_told_and_nothing_else() {
        service.outcome = DOWN;
        show(watch(ALICE), 1);
        Sights.end(delivery, ALICE, Event.NORESOURCE);
        service.outcome = Outcome.TAKEN;
        tryAgain();

        assertThat(service.brought).containsExactly("a1", "aterminated");
    }

    @Test
    void one_that_wishes_to_be_left_alone_is() {
        service.outcome = new Outcome(Outcome.Kind.FAILED, "it answers 429", Duration.ofMinutes(3));
        show(watch(ALICE), 1);
        assertThat(node.pause).isEqualTo(Duration.ofMinutes(3));

        service.outcome = DOWN;
        tryAgain();
        assertThat(node.pause).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void one_that_is_gone_is_not_tried_again() {
        service.outcome = new Outcome(Outcome.Kind.GONE, "it answers 410", Duration.ZERO);
        show(watch(ALICE), 1);

        assertThat(node.end).isEqualTo("gone: it answers 410");
        assertThat(node.later).isEmpty();
    }

    @Test
    void one_that_had_time_enough_is_given_up() {
        service.outcome = DOWN;
        show(watch(ALICE), 1);
        assertThat(node.end).isEmpty();

        service.isGivenUp = true;
        tryAgain();

        assertThat(node.end).isEqualTo("given up: it is down");
        assertThat(node.later).isEmpty();
    }

    @Test
    void what_was_on_its_way_to_a_former_target_goes_to_the_one_that_took_its_place_as_if_nothing_had_failed() {
        List<Boolean> wanted = new ArrayList<>();
        service.outcome = DOWN;
        service.meanwhile = () -> {
            delivery.relist(list(2));
            service.meanwhile = () -> {
                wanted.add(service.wanted);
                service.outcome = Outcome.TAKEN;
            };
        };
        show(watch(ALICE), 1);

        assertThat(service.brought).containsExactly("a1", "a1");
        assertThat(service.ids).as("each is another parcel").doesNotHaveDuplicates();
        assertThat(wanted).as("at the former one").containsExactly(false);
        assertThat(node.later).isEmpty();
        assertThat(delivery.position(false).failingSince()).isNull();
    }

    @Test
    void a_former_target_that_is_gone_ends_nothing() {
        service.outcome = new Outcome(Outcome.Kind.GONE, "it answers 410", Duration.ZERO);
        service.meanwhile = () -> {
            service.meanwhile = () -> service.outcome = Outcome.TAKEN;
            delivery.relist(list(2));
        };
        show(watch(ALICE), 1);

        assertThat(node.end).isEmpty();
        assertThat(service.brought).containsExactly("a1", "a1");
        assertThat(service.wanted).isTrue();
    }

    @Test
    void an_older_form_of_the_list_takes_no_newer_ones_place() {
        delivery.relist(list(3));
        delivery.relist(list(2));

        assertThat(delivery.list().revision()).isEqualTo(3);
        assertThat(delivery.followed()).as("whose accounts are watched").isEqualTo(1);
    }

    @Test
    void a_node_that_stops_begins_nothing_more_and_knows_what_is_under_way() {
        List<Runnable> begun = new ArrayList<>();
        service.threads = begun::add;
        show(watch(ALICE), 1);
        assertThat(delivery.isUnderWay()).isTrue();
        assertThat(delivery.taken()).as("not known yet").isEmpty();

        begun.remove(0).run();
        assertThat(delivery.isUnderWay()).isFalse();
        assertThat(delivery.taken()).extracting(Subscription::address).containsExactly(ALICE);

        node.leaving = true;
        show(watch(CAROL), 2);
        assertThat(begun).isEmpty();
        assertThat(delivery.taken()).extracting(Subscription::address).containsExactly(ALICE);
    }

    @Test
    void what_was_handed_over_when_the_node_stopped_is_not_brought() {
        List<Runnable> begun = new ArrayList<>();
        service.threads = begun::add;
        show(watch(ALICE), 1);
        node.leaving = true;

        begun.remove(0).run();

        assertThat(service.brought).isEmpty();
        assertThat(delivery.isUnderWay()).isFalse();
        assertThat(delivery.taken()).isEmpty();
    }

    @Test
    void a_node_that_may_have_lost_the_list_brings_nothing() {
        node.safe = false;
        show(watch(ALICE), 1);
        assertThat(service.brought).isEmpty();
        assertThat(delivery.position(true).failingSince()).isNull();

        node.safe = true;
        tryAgain();

        assertThat(service.brought).containsExactly("a1");
    }

    @Test
    void many_news_come_in_several_parts_and_the_position_follows_the_last() {
        service.outcome = DOWN;
        List<Subscription> all = IntStream.range(0, 250).mapToObj(i -> watch(i + "@example.com")).toList();
        all.forEach(one -> show(one, 1));
        service.outcome = Outcome.TAKEN;
        service.brought.clear();
        node.reached = 20;

        tryAgain();

        assertThat(service.brought).extracting(text -> text.split(" ").length).containsExactly(100, 100, 50);
        assertThat(delivery.position(false).delivered()).isEqualTo(20);
    }

    @Test
    void when_its_list_ends_that_is_told_once_more_and_not_tried_for_ever() {
        show(watch(ALICE), 1);
        service.outcome = DOWN;

        delivery.expire();

        assertThat(service.brought).containsExactly("a1", "aterminated");
        assertThat(node.end).isEqualTo("removed");
    }
}
