package io.rollcall.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** The example that standardwebhooks.com tests its libraries with. */
    @Test
    void a_signature_is_what_the_libraries_of_standard_webhooks_expect() {
        Secret secret = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void id_time_and_body_are_signed() {
        Secret secret = Secret.generate();
        String signature = secret.sign("1", 7, BODY);

        assertThat(secret.sign("1", 7, BODY)).isEqualTo(signature);
        assertThat(secret.sign("2", 7, BODY)).isNotEqualTo(signature);
        assertThat(secret.sign("1", 8, BODY)).isNotEqualTo(signature);
        assertThat(secret.sign("1", 7, new byte[0])).isNotEqualTo(signature);
    }

    @Test
    void a_secret_without_the_prefix_is_the_key_itself() {
        String chosen = "a secret of our own";
        String encoded = Base64.getEncoder().encodeToString(chosen.getBytes(StandardCharsets.UTF_8));

        assertThat(Secret.of(chosen).sign("1", 7, BODY)).isEqualTo(Secret.of("whsec_" + encoded).sign("1", 7, BODY));
    }

    @Test
    void each_generated_one_is_new_and_can_be_read_back() {
        Secret secret = Secret.generate();

        assertThat(Secret.generate().reveal()).isNotEqualTo(secret.reveal());
        assertThat(Secret.of(secret.reveal()).sign("1", 7, BODY)).isEqualTo(secret.sign("1", 7, BODY));
    }

    @Test
    void it_does_not_tell_itself() {
        Secret secret = Secret.generate();

        assertThat(secret).asString().isEqualTo("a secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64 at all, but long enough"})
    void what_is_too_short_or_malformed_is_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> Secret.of(text))
                .isInstanceOf(Problem.class)
                .satisfies(problem -> assertThat(text.isEmpty() || !problem.getMessage().contains(text + "!")).isTrue());
        assertThatThrownBy(() -> Secret.of("x".repeat(129))).isInstanceOf(Problem.class);
    }
}
