package io.rollcall.presentity;

import static io.rollcall.presentity.Examples.ALICE;
import static io.rollcall.presentity.Examples.later;
import static io.rollcall.presentity.Examples.loggedIn;
import static io.rollcall.presentity.Examples.says;
import static io.rollcall.presentity.Examples.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.document.Address;
import io.rollcall.document.OwnWord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreferredTest {
    private static final Address BOB = Address.parse("bob@example.com").orElseThrow();
    private static final Address ZOE = Address.parse("zoe@partner.example").orElseThrow();
    private static final OwnWord INVISIBLE = word("{\"invisible\":true}");
    private static final OwnWord HIDDEN_FROM_ZOE = word("{\"invisible\":true,\"to\":[\"zoe@partner.example\"]}");
    private static final OwnWord BUSY = word("{\"state\":\"busy\"}");

    private static OwnWord word(String json) {
        return OwnWord.read(json.getBytes(StandardCharsets.UTF_8), later(0));
    }

    private static Preferred.Hidden seen(AccountPresence presence, Address watcher) {
        Preferred preferred = presence.account().preferred();
        return preferred == null ? null : preferred.hiddenFrom(watcher);
    }

    @Test
    void a_word_is_a_change_and_the_same_word_again_is_none() {
        AccountPresence alice = loggedIn("online");
        AccountPresence busy = alice.prefer(BUSY, later(5));

        assertThat(busy.version()).isEqualTo(alice.version() + 1);
        assertThat(busy.prefer(BUSY, later(6))).isSameAs(busy);
        assertThat(busy.unprefer().account().preferred()).isNull();
        assertThat(alice.unprefer()).isSameAs(alice);
    }

    @Test
    void a_word_stays_whatever_clients_do() {
        AccountPresence busy = loggedIn("online").prefer(BUSY, later(5));
        AccountPresence on = busy.login("t2", says("away"), later(6), later(60)).rulesChanged();
        AccountPresence gone = on.leave(tuple(on, "t1"), later(7));
        AccountPresence none = gone.leave(tuple(gone, "t2"), later(8));

        assertThat(none.account().preferred()).isEqualTo(busy.account().preferred());
    }

    @Test
    void to_whom_it_hides_a_live_account_it_looks_as_if_it_left_just_now() {
        AccountPresence alice = loggedIn("online");

        Preferred.Hidden seen = seen(alice.prefer(INVISIBLE, later(5)), BOB);

        assertThat(seen).isEqualTo(new Preferred.Hidden("*", alice.version() + 1, later(5).toEpochMilli()));
    }

    @Test
    void an_account_that_is_offline_looks_as_before_when_it_hides() {
        AccountPresence one = loggedIn("online");
        AccountPresence gone = one.leave(tuple(one, "t1"), later(3));

        Preferred.Hidden seen = seen(gone.prefer(INVISIBLE, later(5)), BOB);

        assertThat(seen).isEqualTo(new Preferred.Hidden("*", gone.version(), later(3).toEpochMilli()));
    }

    @Test
    void whoever_it_hides_from_already_sees_nothing_of_a_new_word() {
        AccountPresence hidden = loggedIn("online").prefer(HIDDEN_FROM_ZOE, later(5));
        AccountPresence all = hidden.prefer(INVISIBLE, later(10));
        AccountPresence domain = all.prefer(word("{\"invisible\":true,\"to\":[\"partner.example\"]}"), later(15));
        AccountPresence some = domain.prefer(HIDDEN_FROM_ZOE, later(20));

        for (AccountPresence next : List.of(all, domain, some)) {
            assertThat(seen(next, ZOE).version()).isEqualTo(hidden.version());
            assertThat(seen(next, ZOE).lastSeen()).isEqualTo(later(5).toEpochMilli());
        }
        assertThat(seen(all, BOB).version()).isEqualTo(all.version());
        assertThat(seen(domain, BOB)).isNull();
    }

    @Test
    void a_domain_is_not_the_end_of_another_one() {
        AccountPresence hidden = loggedIn("online")
                .prefer(word("{\"invisible\":true,\"to\":[\"example\",\"ner.example\",\"oe@partner.example\"]}"), later(5));

        assertThat(seen(hidden, ZOE)).isNull();
    }

    @Test
    void it_reads_back_from_its_text_and_reaches_other_nodes() {
        AccountPresence before = loggedIn("online");
        AccountPresence after = before.prefer(
                word("{\"state\":\"away\",\"note\":\"line 1\\nline 2\",\"invisible\":true,\"to\":[\"partner.example\","
                        + "\"bob@example.com\"],\"until\":\"2026-11-23T12:00:00Z\"}"),
                later(5));
        ChangeGroup group = new ChangeGroup(1, 2, List.of(ChangeGroup.announced(new Transition(before, after))));

        AccountPresence there = ChangeGroup.decode(group.encode()).changes().get(0).after(before);

        assertThat(there).isNotNull();
        assertThat(there.account().preferred()).isEqualTo(after.account().preferred());
        assertThat(there.account().preferredUntil()).isEqualTo(after.account().preferredUntil()).isNotNull();
    }

    @Test
    void an_account_that_was_erased_goes_on_with_its_numbers() {
        AccountPresence before = loggedIn("online").prefer(BUSY, later(5)).rulesChanged();
        AccountPresence erased = before.erase();
        ChangeGroup group = new ChangeGroup(1, 2, List.of(ChangeGroup.announced(new Transition(before, erased))));

        AccountPresence there = ChangeGroup.decode(group.encode()).changes().get(0).after(before);

        assertThat(there).isNotNull();
        assertThat(there.account().isStored()).isFalse();
        assertThat(there.presentities()).isEmpty();
        assertThat(there.account().preferred()).isNull();
        assertThat(there.address()).isEqualTo(ALICE);
        AccountPresence back = there.login("t9", says("online"), later(9), later(60));
        assertThat(back.version()).isEqualTo(before.version() + 2);
        assertThat(back.account().rulesRevision()).isGreaterThan(before.account().rulesRevision());
        assertThat(back.account().isStored()).isTrue();
    }
}
