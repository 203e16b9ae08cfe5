package io.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final String HERE = "192.0.2.1";

    private static void refused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
    }

    @Test
    void an_entity_tag_stands_in_quotes() {
        assertThat(Requests.entityTag("\"t1-7\"")).isEqualTo("t1-7");
        assertThat(Requests.entityTag(" * ")).isEqualTo("*");
        refused(Kind.INVALID_REQUEST, () -> Requests.entityTag("t1-7"));
        refused(Kind.INVALID_REQUEST, () -> Requests.entityTag("\""));
    }

    @Test
    void rfc3903_6_3_more_than_one_entity_tag_is_refused() {
        refused(Kind.INVALID_REQUEST, () -> Requests.entityTag("\"a\", \"b\""));
    }

    @Test
    void rfc6585_3_without_an_entity_tag_the_condition_is_required() {
        refused(Kind.CONDITION_REQUIRED, () -> Requests.entityTag(null));
        refused(Kind.CONDITION_REQUIRED, () -> Requests.entityTag(" "));
    }

    @Test
    void rfc9110_8_8_3_2_a_weak_entity_tag_matches_nothing() {
        refused(Kind.CONDITION_FAILED, () -> Requests.entityTag("W/\"t1-7\""));
    }

    @Test
    void seconds_are_a_whole_number() {
        assertThat(Requests.seconds(null)).isNull();
        assertThat(Requests.seconds("60")).isEqualTo(60);
        refused(Kind.INVALID_REQUEST, () -> Requests.seconds("-1"));
        refused(Kind.INVALID_REQUEST, () -> Requests.seconds("1.5"));
        refused(Kind.INVALID_REQUEST, () -> Requests.seconds("99999999999999999999"));
    }

    @Test
    void a_body_may_be_as_long_as_allowed_and_no_longer() {
        assertThat(Requests.body("alice", HERE, new ByteArrayInputStream(new byte[10]), 10, 10)).hasSize(10);
        refused(Kind.TOO_LARGE, () -> Requests.body("alice", HERE, new ByteArrayInputStream(new byte[11]), -1, 10));
    }

    @Test
    void bodies_that_do_not_come_keep_so_many_threads_and_no_more_until_they_end() throws Exception {
        // each sender half of them
        keepSoManyThreads(10, i -> "sender " + i % 2, i -> HERE);
    }

    @Test
    void of_one_sender_they_keep_half_of_these_and_others_can_send() throws Exception {
        keepSoManyThreads(5, i -> "slow", i -> "192.0.2." + i);
    }

    @Test
    void strangers_keep_six_of_their_own() throws Exception {
        keepSoManyThreads(6, i -> "", i -> "192.0.2." + i);
    }

    @Test
    void from_one_address_they_keep_a_third_of_these_and_strangers_elsewhere_can_send() throws Exception {
        keepSoManyThreads(2, i -> "", i -> HERE);
    }

    private static void keepSoManyThreads(int many, IntFunction<String> sender, IntFunction<String> address) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        InputStream silent = new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    end.await();
                    return -1;
                } catch (InterruptedException stopped) {
                    throw new InterruptedIOException();
                }
            }
        };
        ExecutorService clients = Executors.newFixedThreadPool(many + 1);
        try {
            CompletionService<byte[]> bodies = new ExecutorCompletionService<>(clients);
            for (int i = 0; i < many + 1; i++) {
                String by = sender.apply(i);
                String from = address.apply(i);
                bodies.submit(() -> Requests.body(by, from, silent, 10, 10));
            }
            Future<byte[]> first = bodies.take();
            refused(Kind.UNAVAILABLE, () -> {
                try {
                    first.get();
                } catch (ExecutionException failed) {
                    throw failed.getCause();
                }
            });
            assertThat(bodies.poll()).isNull();
            if (many < 6) {
                assertThat(Requests.body("", "198.51.100.1", new ByteArrayInputStream(new byte[10]), 10, 10)).hasSize(10);
            }
            if (many < 10) {
                assertThat(Requests.body("another", HERE, new ByteArrayInputStream(new byte[10]), 10, 10)).hasSize(10);
            }
            end.countDown();
            for (int i = 0; i < many; i++) {
                assertThat(bodies.take().get()).isEmpty();
            }
            assertThat(Requests.body("alice", HERE, new ByteArrayInputStream(new byte[10]), 10, 10)).hasSize(10);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void an_account_has_several_forms_and_one_name() {
        assertThat(Requests.address("sips:alice@EXAMPLE.com:5061;transport=tls?x=y"))
                .hasToString("alice@example.com");
        assertThat(Requests.address("pres:alice@example.com")).hasToString("alice@example.com");
        refused(Kind.INVALID_REQUEST, () -> Requests.address("alice"));
        refused(Kind.INVALID_REQUEST, () -> Requests.address("tel:+49"));
        refused(Kind.INVALID_REQUEST, () -> Requests.address("a/../b@example.com"));
    }
}
