package io.rollcall.presentity;

import static io.rollcall.presentity.Examples.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TakenLoginsTest {
    @Test
    void what_was_logged_in_is_known_until_it_is_old() {
        try (Tables tables = new Tables(UUID.randomUUID().toString())) {
            TakenLogins taken = new TakenLogins(tables, new DatabaseClock(tables));
            store(tables, "t1", 0);
            store(tables, "t2", 10);

            assertThat(taken.among(List.of("t1", "t2", "t3"))).containsExactlyInAnyOrder("t1", "t2");
            assertThat(taken.among(List.of())).isEmpty();

            assertThat(taken.forgetBefore(later(5))).isEqualTo(1);
            assertThat(taken.among(List.of("t1", "t2"))).containsExactly("t2");
        }
    }

    private static void store(Tables tables, String tuple, int seconds) {
        tables.inTransaction(session -> {
            TakenLogins.keep(tuple, later(seconds)).store(session);
            return tuple;
        });
    }
}
