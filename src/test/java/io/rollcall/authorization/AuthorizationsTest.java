package io.rollcall.authorization;

import static io.rollcall.presentity.Examples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthorizationsTest {
    private final Authorizations authorizations =
            new Authorizations(
                    new RecentRules(new Database(), 10),
                    new RulesChanges(),
                    new DatabaseClock(new Database()),
                    new Groups(Optional.empty()),
                    new Defaults("allow", "confirm", Optional.of(List.of("friend.example=polite-block"))),
                    Duration.ofDays(365));
    private final AccountPresence alice = AccountPresence.untouched(ALICE);

    private Handling handling(String watcher, boolean admin) {
        Caller caller = new Caller(watcher, Address.parse(watcher).orElseThrow(), false, admin);
        return authorizations.decide(alice, caller).handling();
    }

    @Test
    void without_rules_the_own_domain_may_see_and_others_wait() {
        assertThat(handling("bob@example.com", false)).isEqualTo(Handling.ALLOW);
        assertThat(handling("zoe@partner.example", false)).isEqualTo(Handling.CONFIRM);
    }

    @Test
    void a_domain_may_have_a_default_of_its_own() {
        assertThat(handling("fay@friend.example", false)).isEqualTo(Handling.POLITE_BLOCK);
    }

    @Test
    void a_domain_is_not_its_own_suffix() {
        assertThat(handling("eve@evil-example.com", false)).isEqualTo(Handling.CONFIRM);
        assertThat(handling("eve@sub.example.com", false)).isEqualTo(Handling.CONFIRM);
    }

    @Test
    void owners_and_administrators_always_see() {
        assertThat(handling(ALICE, false)).isEqualTo(Handling.ALLOW);
        assertThat(handling("root@partner.example", true)).isEqualTo(Handling.ALLOW);
    }

    @Test
    void rfc5025_3_2_1_handlings_are_ordered_from_block_to_allow() {
        assertThat(Handling.values())
                .containsExactly(Handling.BLOCK, Handling.CONFIRM, Handling.POLITE_BLOCK, Handling.ALLOW);
        assertThat(Handling.named("polite-block")).isEqualTo(Handling.POLITE_BLOCK);
        assertThatThrownBy(() -> Handling.named("deny")).hasMessageContaining("polite-block");
    }
}
