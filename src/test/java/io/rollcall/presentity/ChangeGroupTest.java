package io.rollcall.presentity;

import static io.rollcall.presentity.Examples.later;
import static io.rollcall.presentity.Examples.loggedIn;
import static io.rollcall.presentity.Examples.says;
import static io.rollcall.presentity.Examples.tuple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeGroupTest {
    private final AccountPresence before = loggedIn("busy", "online");
    private final AccountPresence modified =
            before.modify(tuple(before, "t1"), says("away", "zurück um 3 \uD83D\uDE00"), later(5), later(3600));
    private final AccountPresence after = modified.leave(tuple(modified, "t2"), later(6));

    private static ChangeGroup sent(AccountPresence from, AccountPresence to) {
        ChangeGroup group = new ChangeGroup(7, 1234, List.of(ChangeGroup.announced(new Transition(from, to))));
        return ChangeGroup.decode(group.encode());
    }

    @Test
    void what_is_announced_brings_a_node_that_knows_the_state_before_up_to_date() {
        ChangeGroup group = sent(before, after);

        AccountPresence there = group.changes().get(0).after(before);

        assertThat(group.number()).isEqualTo(7);
        assertThat(group.committedAt()).isEqualTo(1234);
        assertThat(there).isNotNull();
        assertThat(there.version()).isEqualTo(after.version());
        assertThat(there.presentities()).hasSize(1);
        assertThat(tuple(there, "t1").tuple().publication())
                .isEqualTo(tuple(after, "t1").tuple().publication());
        assertThat(tuple(there, "t1").entityTag()).isEqualTo(tuple(after, "t1").entityTag());
    }

    @Test
    void a_node_that_missed_something_is_not_brought_to_a_wrong_state() {
        assertThat(sent(modified, after).changes().get(0).after(before)).isNull();
    }

    @Test
    void only_what_changed_is_sent() {
        assertThat(sent(before, modified).changes().get(0).changed())
                .extracting(Presentity::tupleId)
                .containsExactly("t1");
        assertThat(sent(before, before.rulesChanged()).changes().get(0).changed())
                .isEmpty();
    }

    @Test
    void the_last_seen_of_an_account_that_went_offline_arrives() {
        AccountPresence offline = after.leave(tuple(after, "t1"), later(9));

        AccountPresence there = sent(after, offline).changes().get(0).after(after);

        assertThat(there).isNotNull();
        assertThat(there.account().lastSeen()).isEqualTo(later(9).toEpochMilli());
        assertThat(there.presentities()).isEmpty();
    }

    @Test
    void a_format_of_another_release_is_refused() {
        byte[] bytes = new ChangeGroup(1, 2, List.of()).encode();
        bytes[0] = 99;

        assertThatThrownBy(() -> ChangeGroup.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_large_group_is_encoded_whole() {
        AccountPresence large = before.modify(tuple(before, "t1"), says("away", "x".repeat(2000)), later(5), later(60));
        List<ChangeGroup.Announced> many =
                Collections.nCopies(500, ChangeGroup.announced(new Transition(before, large)));

        ChangeGroup back = ChangeGroup.decode(new ChangeGroup(1, 2, many).encode());

        assertThat(back.changes()).hasSize(500);
        assertThat(back.changes().get(499).changed().get(0).tuple().publication().note()).hasSize(2000);
    }
}
