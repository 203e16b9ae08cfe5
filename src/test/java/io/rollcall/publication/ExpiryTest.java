package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private final Expiry expiry = new Expiry(3600, 60, 86_400);

    @Test
    void rfc3903_6_4_without_a_wish_the_default_is_granted() {
        assertThat(expiry.grant(null)).isEqualTo(3600);
    }

    @Test
    void rfc3903_4_2_a_wish_is_granted_or_shortened_never_lengthened() {
        assertThat(expiry.grant(60L)).isEqualTo(60);
        assertThat(expiry.grant(86_400L)).isEqualTo(86_400);
        assertThat(expiry.grant(100_000L)).isEqualTo(86_400);
    }

    @Test
    void rfc3903_6_4_too_brief_a_wish_is_refused_with_the_least_that_is_granted() {
        assertThatThrownBy(() -> expiry.grant(59L))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(Kind.INTERVAL_TOO_BRIEF);
                    assertThat(problem.toJson()).contains("\"minExpires\":60");
                });
    }

    @Test
    void a_configuration_that_contradicts_itself_stops_the_start() {
        assertThatThrownBy(() -> new Expiry(30, 60, 86_400)).hasMessageContaining("rollcall.expires");
    }
}
