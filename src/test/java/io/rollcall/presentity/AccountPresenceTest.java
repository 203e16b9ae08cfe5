package io.rollcall.presentity;

import static io.rollcall.presentity.Examples.later;
import static io.rollcall.presentity.Examples.loggedIn;
import static io.rollcall.presentity.Examples.says;
import static io.rollcall.presentity.Examples.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountPresenceTest {
    @Test
    void rfc3903_4_1_a_login_touches_no_other_presentity() {
        AccountPresence one = loggedIn("busy");

        AccountPresence two = one.login("t2", says("online"), later(1), later(3600));

        assertThat(tuple(two, "t1")).isSameAs(tuple(one, "t1"));
        assertThat(two.version()).isEqualTo(one.version() + 1);
    }

    @Test
    void rfc3903_4_3_a_refresh_moves_the_expiry_and_the_tag_and_nothing_else() {
        AccountPresence before = loggedIn("busy");
        Presentity old = tuple(before, "t1");

        AccountPresence after = before.refresh(old, later(7200));

        Presentity refreshed = tuple(after, "t1");
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(refreshed.expiresAt()).isEqualTo(later(7200));
        assertThat(refreshed.entityTag()).isNotEqualTo(old.entityTag());
        assertThat(refreshed.tuple()).isSameAs(old.tuple());
    }

    @Test
    void rfc3903_6_6_every_success_gives_a_tag_that_was_never_given_before() {
        AccountPresence first = loggedIn("busy");
        AccountPresence second = first.modify(tuple(first, "t1"), says("away"), later(1), later(3600));
        AccountPresence third = second.modify(tuple(second, "t1"), says("busy"), later(2), later(3600));
        AccountPresence fourth = third.refresh(tuple(third, "t1"), later(3700));

        assertThat(new String[] {
                    tuple(first, "t1").entityTag(),
                    tuple(second, "t1").entityTag(),
                    tuple(third, "t1").entityTag(),
                    tuple(fourth, "t1").entityTag()
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void equal_state_renews_the_expiry_and_is_not_a_change() {
        AccountPresence before = loggedIn("busy");

        AccountPresence after = before.modify(tuple(before, "t1"), says("busy"), later(10), later(7200));

        assertThat(after.version()).isEqualTo(before.version());
        assertThat(tuple(after, "t1").tuple().changedAt()).isEqualTo(tuple(before, "t1").tuple().changedAt());
        assertThat(tuple(after, "t1").expiresAt()).isEqualTo(later(7200));
    }

    @Test
    void rfc3863_4_1_7_successive_changes_never_carry_the_same_timestamp() {
        AccountPresence before = loggedIn("busy");

        AccountPresence after = before.modify(tuple(before, "t1"), says("away"), later(0), later(3600));

        assertThat(tuple(after, "t1").tuple().changedAt()).isAfter(tuple(before, "t1").tuple().changedAt());
    }

    @Test
    void last_seen_is_when_the_last_presentity_left() {
        AccountPresence two = loggedIn("busy", "online");

        AccountPresence one = two.leave(tuple(two, "t1"), later(60));
        AccountPresence none = one.leave(tuple(one, "t2"), later(90));

        assertThat(one.lastSeen()).isNull();
        assertThat(none.lastSeen()).isEqualTo(later(90).toEpochMilli());
        assertThat(none.login("t3", says("online"), later(100), later(3600)).lastSeen())
                .isNull();
    }

    @Test
    void a_change_of_rules_raises_the_version_and_leaves_the_presentities() {
        AccountPresence before = loggedIn("busy");

        AccountPresence after = before.rulesChanged();

        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(after.account().rulesRevision()).isEqualTo(before.account().rulesRevision() + 1);
        assertThat(after.presentities()).isEqualTo(before.presentities());
    }
}
