package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Address BOB = Address.parse("bob@example.com").orElseThrow();
    private static final Address CAROL = Address.parse("carol@example.com").orElseThrow();

    @Test
    void one_account_has_so_many_and_takes_none_from_others() {
        Places places = new Places(10, 2);
        places.take(BOB);
        places.take(BOB);

        refused(places, BOB, Kind.TOO_MANY_REQUESTS);
        refused(places, BOB, Kind.TOO_MANY_REQUESTS);
        places.take(CAROL);

        places.free(BOB);
        places.take(BOB);
    }

    @Test
    void all_together_have_so_many() {
        Places places = new Places(2, 0);
        places.take(BOB);
        places.take(BOB);

        refused(places, CAROL, Kind.UNAVAILABLE);

        places.free(BOB);
        places.take(CAROL);
    }

    private static void refused(Places places, Address account, Kind kind) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> places.take(account))
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(kind);
                    assertThat(problem.extensions()).containsKey("retryAfter");
                });
    }
}
