package io.rollcall.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPostTest {
    private static final SSLSocketFactory SECURE = (SSLSocketFactory) SSLSocketFactory.getDefault();
    private static final byte[] BODY = "{\"é\":1}".getBytes(StandardCharsets.UTF_8);

    private static HttpPost.Answer answer(String text) throws IOException {
        return HttpPost.answer(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void a_request_is_whole_and_goes_to_the_address_that_was_examined() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> request =
                    CompletableFuture.supplyAsync(() -> serve(server, "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 \r\n\r\n"));
            // a name that stands for nothing
            URI url = URI.create("http://hooks.invalid:" + server.getLocalPort() + "/a/b?c=d");

            try (HttpPost post = new HttpPost(url)) {
                HttpPost.Answer answer =
                        post.send(InetAddress.getLoopbackAddress(), SECURE, Map.of("webhook-id", "7"), BODY, () -> true);

                assertThat(answer.status()).isEqualTo(204);
            }
            assertThat(request.join())
                    .isEqualTo("POST /a/b?c=d HTTP/1.1\r\nHost: hooks.invalid:" + server.getLocalPort()
                            + "\r\nConnection: close\r\nContent-Length: 8\r\nwebhook-id: 7\r\n\r\n{\"é\":1}");
        }
    }

    @Test
    void one_that_hangs_can_be_ended_by_another_thread() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpPost post = new HttpPost(URI.create("http://localhost:" + server.getLocalPort()))) {
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
                try (Socket accepted = server.accept()) {
                    accepted.getInputStream().read();
                    post.abort();
                } catch (IOException failure) {
                    throw new AssertionError(failure);
                }
            });

            assertThatThrownBy(() -> post.send(InetAddress.getLoopbackAddress(), SECURE, Map.of(), BODY, () -> true))
                    .isInstanceOf(IOException.class);
            ended.join();
        }
    }

    @Test
    void what_is_not_wanted_any_more_when_the_connection_is_there_is_not_sent() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try (HttpPost post = new HttpPost(URI.create("http://localhost:" + server.getLocalPort()))) {
                assertThatThrownBy(() ->
                                post.send(InetAddress.getLoopbackAddress(), SECURE, Map.of(), BODY, () -> false))
                        .isInstanceOf(IOException.class);
            }
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    private static String serve(ServerSocket server, String answer) {
        try (Socket accepted = server.accept()) {
            byte[] request = new byte[4096];
            int length = 0;
            while (!new String(request, 0, length, StandardCharsets.UTF_8).endsWith("}")) {
                length += accepted.getInputStream().read(request, length, request.length - length);
            }
            accepted.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return new String(request, 0, length, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void an_answers_head_is_read() throws IOException {
        HttpPost.Answer answer = answer("HTTP/1.1 503 Busy: now\r\nRetry-After:  7 \r\nX: a:b\r\n\r\nrest");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.fields()).containsEntry("retry-after", "7").containsEntry("x", "a:b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/2 200\r\n\r\n", "\r\n\r\n"})
    void what_is_no_answer_fails(String text) {
        assertThatThrownBy(() -> answer(text)).isInstanceOf(IOException.class);
    }

    @Test
    void a_head_without_end_is_not_read_to_its_end() {
        assertThatThrownBy(() -> answer("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, PT0S",
                "0, PT0S",
                "7, PT7S",
                "999999999, PT1H",
                "99999999999999999999, PT0S",
                "-1, PT0S",
                "soon, PT0S",
                "'Tue, 24 Nov 2026 10:00:30 GMT', PT30S",
                "'Tue, 24 Nov 2026 09:00:00 GMT', PT0S",
                "'Tue, 24 Nov 2099 09:00:00 GMT', PT1H"
            })
    void a_retry_after_is_seconds_or_a_time_within_reason(String retryAfter, Duration pause) {
        assertThat(Webhooks.pause(retryAfter, Instant.parse("2026-11-24T10:00:00Z"))).isEqualTo(pause);
    }
}
