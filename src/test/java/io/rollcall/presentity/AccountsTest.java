package io.rollcall.presentity;

import static io.rollcall.presentity.Examples.ALICE;
import static io.rollcall.presentity.Examples.later;
import static io.rollcall.presentity.Examples.loggedIn;
import static io.rollcall.presentity.Examples.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.document.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node remembers, while it and others store: never what is older than what it heard of. */
class AccountsTest {
    private static final int MANY = 100_000;

    private final Tables tables = new Tables(UUID.randomUUID().toString());
    private final Accounts accounts = new Accounts(tables, 100);

    private final AccountPresence online = loggedIn("online");
    private final AccountPresence busy = says(online, "busy", 1);
    private final AccountPresence away = says(busy, "away", 2);

    private static AccountPresence says(AccountPresence before, String state, int seconds) {
        return before.modify(before.presentities().get(0), Examples.says(state), later(seconds), later(3600));
    }

    @BeforeEach
    void logIn() {
        tables.store(AccountPresence.untouched(ALICE), online);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private void finds(AccountPresence expected) {
        assertThat(accounts.find(ALICE).version()).isEqualTo(expected.version());
        assertThat(state(accounts.find(ALICE))).isEqualTo(state(expected));
    }

    private static State state(AccountPresence account) {
        return account.presentities().get(0).tuple().state();
    }

    @Test
    void what_is_due_is_claimed_by_one_node_and_is_anybodys_again_some_seconds_later() {
        Instant over = later(100_000);

        assertThat(accounts.due(over, 10)).hasSize(1);
        assertThat(new Accounts(tables, 100).due(over, 10)).isEmpty();
        assertThat(new Accounts(tables, 100).due(over.plusSeconds(4), 10)).hasSize(1);
    }

    @Test
    void an_account_and_its_presentities_are_read_as_they_were_at_one_time() {
        tables.betweenStatements(() -> tables.store(online, busy));

        AccountPresence read = accounts.findStored(ALICE);

        assertThat(state(read)).isEqualTo(state(read.version() == 1 ? online : busy));
    }

    @Test
    void what_was_announced_while_it_was_read_is_not_kept_as_it_was_before() {
        tables.afterReading(() -> accounts.announced(tables.store(online, busy)));
        accounts.find(ALICE);

        finds(busy);
    }

    @Test
    void what_the_sweep_found_while_it_was_read_is_not_kept_as_it_was_before() {
        tables.afterReading(() -> {
            tables.store(online, busy);
            accounts.changed(ALICE, 2);
        });
        accounts.find(ALICE);

        finds(busy);
    }

    @Test
    void what_all_was_forgotten_for_while_it_was_read_is_not_kept() {
        tables.afterReading(() -> {
            tables.store(online, busy);
            accounts.forgetAll();
        });
        accounts.find(ALICE);

        finds(busy);
    }

    @Test
    void what_is_known_to_be_old_is_not_kept_though_others_were_announced_while_the_new_was_read() {
        finds(online);
        tables.store(online, busy);
        tables.afterReading(() -> othersAreAnnounced());
        accounts.findStored(ALICE);

        finds(busy);
    }

    /** So many that one of them is told apart from Alice by nothing that is counted. */
    private void othersAreAnnounced() {
        IntStream.range(0, MANY).forEach(i -> accounts.announced(new ChangeGroup.Announced(
                "a" + i + "@example.com", 0, 1, 0, 0, null, false, null, List.of(), List.of())));
    }

    @Test
    void what_another_node_stored_upon_what_this_node_stored_is_found_though_this_one_notes_its_own_last() {
        AccountPresence before = accounts.find(ALICE);
        tables.store(before, busy);
        accounts.announced(tables.store(busy, away));
        accounts.stored(before, busy);

        finds(away);
    }

    @Test
    void what_this_node_stores_is_known_without_reading_it() {
        AccountPresence before = accounts.find(ALICE);
        tables.store(before, busy);
        accounts.stored(before, busy);

        assertThat(accounts.recall(ALICE)).isSameAs(busy);
        assertThat(accounts.changed(ALICE, 2)).isSameAs(busy);
        assertThat(accounts.changed(ALICE, 3)).isNull();
        assertThat(accounts.recall(ALICE)).isNull();
    }
}
