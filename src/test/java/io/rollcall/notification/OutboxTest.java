package io.rollcall.notification;

import static io.rollcall.presentity.Examples.ALICE;
import static io.rollcall.presentity.Examples.later;
import static io.rollcall.presentity.Examples.loggedIn;
import static io.rollcall.presentity.Examples.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.composition.Composition;
import io.rollcall.composition.PersonPolicy;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.document.PresenceDocument;
import io.rollcall.http.Format;
import io.rollcall.policy.Filter;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.policy.RulesetJsonReader;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.Subscriptions;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final String BOB = "bob@example.com";
    private static final String CAROL = "carol@example.com";
    private static final Broadcast NEWS = new Broadcast(1L);

    private final Subscriptions registry = new Subscriptions();
    private final Reader connection = new Reader();
    private final TestOutbox outbox = new TestOutbox(registry);

    /** A client that reads when it likes. */
    private static final class Reader extends ServletOutputStream {
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        final List<Integer> writes = new ArrayList<>();
        boolean ready = true;
        WriteListener listener;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener given) {
            listener = given;
        }

        @Override
        public void write(int b) {
            received.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            writes.add(length);
            received.write(bytes, from, length);
        }
    }

    private static final class TestOutbox extends Connection {
        boolean disconnected;
        /** What makes each notification so much longer. */
        String padding = "";

        TestOutbox(Subscriptions registry) {
            super(new Caller("bob", Address.parse("bob@example.com").orElseThrow(), false, false), registry);
        }

        @Override
        byte[] encode(Notification notification) {
            String event = new String(notification.serverSentEvent(Format.JSON), StandardCharsets.UTF_8);
            return (padding + (event.contains("event: presence")
                            ? notification.account() + event.replaceAll("(?s).*\"version\":(\\d+).*", " $1;")
                            : notification.account() + event.replaceAll("(?s).*\"state\":\"(\\w+)\".*", " $1;")))
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        byte[] keepAliveSignal() {
            return "alive;".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        void sending(int notifications) {}

        @Override
        void goAway(int millis) {
            close();
        }

        @Override
        protected void disconnect() {
            disconnected = true;
        }

        @Override
        public void gone() {
            close();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        outbox.connect(new Output(outbox, connection, Runnable::run));
        connection.listener.onWritePossible();
    }

    private Subscription subscription(String account) {
        return Objects.requireNonNull(outbox.subscribe(account));
    }

    /** Seen at another time with each version. */
    private static View allowed(String account, long version) {
        return new View(
                account, version, Handling.ALLOW, new Rendition(Composition.offline(account, version, 1000 * version)));
    }

    private String received() {
        String text = connection.received.toString(StandardCharsets.UTF_8);
        connection.received.reset();
        return text;
    }

    private void readAgain() throws Exception {
        connection.ready = true;
        connection.listener.onWritePossible();
    }

    @Test
    void a_watcher_is_sent_what_it_is_shown() {
        outbox.show(subscription(ALICE), allowed(ALICE, 3), NEWS);
        outbox.flush();

        assertThat(received()).isEqualTo("alice@example.com 3;");
    }

    @Test
    void versions_never_fall_at_a_watcher() {
        Subscription alice = subscription(ALICE);
        outbox.show(alice, allowed(ALICE, 3), NEWS);
        outbox.show(alice, allowed(ALICE, 2), NEWS);
        outbox.show(alice, allowed(ALICE, 3), NEWS);
        outbox.flush();

        assertThat(received()).isEqualTo("alice@example.com 3;");
    }

    @Test
    void a_slow_watcher_skips_states_but_never_the_last_one() throws Exception {
        Subscription alice = subscription(ALICE);
        Subscription carol = subscription(CAROL);
        outbox.show(alice, allowed(ALICE, 1), NEWS);
        outbox.flush();
        received();
        connection.ready = false;

        for (int version = 2; version <= 9; version++) {
            outbox.show(alice, allowed(ALICE, version), NEWS);
            outbox.flush();
        }
        outbox.show(carol, allowed(CAROL, 5), NEWS);
        outbox.flush();
        assertThat(received()).isEmpty();

        readAgain();
        assertThat(received()).endsWith("alice@example.com 9;carol@example.com 5;");
    }

    @Test
    void the_newest_news_goes_last_so_that_the_last_id_stands_for_all_before_it() {
        Subscription alice = subscription(ALICE);
        Subscription carol = subscription(CAROL);
        outbox.show(alice, allowed(ALICE, 1), NEWS);
        outbox.show(carol, allowed(CAROL, 1), NEWS);
        outbox.show(alice, allowed(ALICE, 2), NEWS);
        outbox.flush();

        assertThat(received()).isEqualTo("carol@example.com 1;alice@example.com 2;");
    }

    @Test
    void a_waiting_watcher_is_told_so_and_shown_nothing_until_it_is_allowed() {
        Subscription alice = subscription(ALICE);
        outbox.show(alice, new View(ALICE, 1, Handling.CONFIRM, null), NEWS);
        outbox.flush();
        assertThat(received()).isEqualTo("alice@example.com pending;");

        outbox.show(alice, allowed(ALICE, 4), NEWS);
        outbox.flush();
        assertThat(received()).isEqualTo("alice@example.com active;alice@example.com 4;");
    }

    @Test
    void a_watcher_that_gets_blocked_is_told_and_loses_what_it_had_not_been_sent() {
        Subscription alice = subscription(ALICE);
        outbox.show(alice, allowed(ALICE, 1), NEWS);
        outbox.show(alice, new View(ALICE, 2, Handling.BLOCK, null), NEWS);
        outbox.flush();

        assertThat(received()).isEqualTo("alice@example.com terminated;");
    }

    private static View filtered(long version, AccountPresence presence, String provision) {
        Provision some = RulesetJsonReader.readSingle(
                        ("{\"handling\":\"allow\",\"provide\":" + provision + "}").getBytes(StandardCharsets.UTF_8))
                .provision();
        PresenceDocument whole = Composition.compose(presence, PersonPolicy.LATEST_LOGIN);
        return new View(ALICE, version, Handling.ALLOW, some, new Rendition(Filter.apply(whole, some)));
    }

    @Test
    void what_a_watcher_must_not_see_does_not_tell_it_that_there_was_something() {
        AccountPresence one = loggedIn("online");
        AccountPresence noted = one.modify(one.presentities().get(0), says("online", "Secret"), later(9), later(60));
        AccountPresence busy = noted.modify(noted.presentities().get(0), says("busy"), later(10), later(60));
        String provision = "{\"services\":\"all\",\"persons\":\"all\",\"attributes\":[\"activities\"]}";
        Subscription alice = subscription(ALICE);
        outbox.show(alice, filtered(1, one, provision), NEWS);
        outbox.show(alice, filtered(2, noted, provision), NEWS);
        outbox.flush();
        assertThat(received()).isEqualTo("alice@example.com 1;");

        outbox.show(alice, filtered(3, busy, provision), NEWS);
        outbox.flush();
        assertThat(received()).isEqualTo("alice@example.com 3;");
    }

    @Test
    void whoever_sees_everything_is_told_of_what_was_said_anew() {
        AccountPresence one = loggedIn("online");
        AccountPresence busy = one.modify(one.presentities().get(0), says("busy"), later(9), later(60));
        AccountPresence again = busy.modify(busy.presentities().get(0), says("online"), later(10), later(60));
        Subscription alice = subscription(ALICE);
        outbox.show(alice, filtered(1, one, "\"all\""), NEWS);
        outbox.show(alice, filtered(3, again, "\"all\""), NEWS);
        outbox.show(alice, filtered(4, again.rulesChanged(), "\"all\""), NEWS);
        outbox.flush();

        assertThat(received()).isEqualTo("alice@example.com 3;");
    }

    @Test
    void whoever_has_to_wait_and_may_see_again_is_shown_even_what_it_saw_before() {
        Subscription alice = subscription(ALICE);
        outbox.show(alice, allowed(ALICE, 3), NEWS);
        outbox.show(alice, new View(ALICE, 4, Handling.CONFIRM, null), NEWS);
        outbox.show(alice, new View(ALICE, 5, Handling.POLITE_BLOCK, allowed(ALICE, 3).rendition()), NEWS);
        outbox.flush();

        assertThat(received()).isEqualTo("alice@example.com active;alice@example.com 3;");
    }

    @Test
    void an_offline_account_that_looks_as_before_is_no_news() {
        Subscription alice = subscription(ALICE);
        outbox.show(alice, offline(1), NEWS);
        outbox.flush();
        received();

        outbox.show(alice, offline(2), NEWS);
        outbox.flush();

        assertThat(received()).isEmpty();
    }

    private static View offline(long version) {
        return new View(ALICE, version, Handling.ALLOW, new Rendition(Composition.offline(ALICE, version, null)));
    }

    @Test
    void a_view_made_before_a_newer_decision_does_not_undo_it() {
        Subscription alice = subscription(ALICE);
        outbox.show(alice, allowed(ALICE, 6), NEWS);
        outbox.show(alice, new View(ALICE, 5, Handling.CONFIRM, null), NEWS);
        outbox.flush();

        assertThat(received()).isEqualTo("alice@example.com 6;");
    }

    @Test
    void answers_go_before_news() {
        outbox.show(subscription(ALICE), allowed(ALICE, 1), NEWS);
        outbox.answer("ok;".getBytes(StandardCharsets.UTF_8));
        outbox.flush();

        assertThat(received()).isEqualTo("ok;alice@example.com 1;");
    }

    @Test
    void a_late_disconnect_does_not_remove_the_newer_connection_of_the_same_watcher() {
        TestOutbox newer = new TestOutbox(registry);
        subscription(ALICE);
        newer.subscribe(ALICE);

        outbox.close();

        assertThat(registry.to(ALICE)).hasSize(1);
        assertThat(outbox.disconnected).isTrue();
        assertThat(newer.disconnected).isFalse();
    }

    @Test
    void what_is_unsubscribed_is_not_sent() {
        outbox.show(subscription(ALICE), allowed(ALICE, 1), NEWS);
        outbox.unsubscribe(ALICE);
        outbox.flush();

        assertThat(received()).isEmpty();
        assertThat(registry.to(ALICE)).isEmpty();
    }

    @Test
    void so_much_goes_out_in_one_write_and_the_rest_follows() {
        outbox.padding = " ".repeat(20 * 1024);
        for (String account : List.of(ALICE, BOB, CAROL)) {
            outbox.show(subscription(account), allowed(account, 1), NEWS);
        }
        outbox.flush();

        assertThat(connection.writes).hasSize(3).allMatch(length -> length < 32 * 1024);
        assertThat(received()).contains(ALICE + " 1;").contains(BOB + " 1;").contains(CAROL + " 1;");
        assertThat(outbox.isIdle()).isTrue();
    }

    @Test
    void while_a_client_does_not_read_it_is_known_how_much_waits_for_it_and_for_how_long() throws Exception {
        outbox.show(subscription(ALICE), allowed(ALICE, 1), NEWS);
        connection.ready = false;
        outbox.flush();

        assertThat(outbox.unread()).isEqualTo((ALICE + " 1;").length());
        assertThat(outbox.writingFor()).isPositive();
        assertThat(outbox.isSilent(0)).isTrue();

        readAgain();

        assertThat(outbox.unread()).isZero();
        assertThat(outbox.isSilent(0)).isFalse();
    }

    @Test
    void a_quiet_connection_is_kept_alive() {
        outbox.keepAlive();

        assertThat(received()).isEqualTo("alive;");
    }

    @Test
    void after_the_end_nothing_is_sent() {
        Subscription alice = subscription(ALICE);
        outbox.close();
        outbox.show(alice, allowed(ALICE, 1), NEWS);
        outbox.flush();

        assertThat(received()).isEmpty();
        assertThat(outbox.subscribe(CAROL)).isNull();
    }

    @Test
    void one_that_cannot_be_written_to_keeps_no_other_from_being() {
        List<String> told = new ArrayList<>();
        Outbox broken = new RecordingSubscriber("bob@example.com", new Subscriptions()) {
            @Override
            protected boolean send(News waiting) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void gone() {
                told.add("gone");
            }
        };
        Outbox whole = new RecordingSubscriber("carol@example.com", new Subscriptions()) {
            @Override
            protected boolean send(News waiting) {
                told.add("written");
                return false;
            }
        };

        Notifier.flush(new LinkedHashSet<>(List.of(broken, whole)));

        assertThat(told).containsExactly("gone", "written");
    }
}
