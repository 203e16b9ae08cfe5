package io.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActTest {
    private static final Address ALICE = new Address("alice", "example.com");
    private static final Address BOB = new Address("bob", "example.com");

    private final Caller admin = new Caller("admin", new Address("admin", "example.com"), false, true);
    private final Caller service = new Caller("service", new Address("service", "example.com"), true, false);
    private final Caller alice = new Caller("alice", ALICE, false, false);

    @ParameterizedTest
    @EnumSource(Action.class)
    void whatever_an_administrator_does_to_others_is_kept(Action action) {
        assertThat(AuditLog.act("192.0.2.1", admin, action, BOB, "")).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANGE_RULES", "DECIDE", "TAKE_BACK_DECISION"})
    void changes_of_rules_are_kept_of_everybody(Action action) {
        assertThat(AuditLog.act("192.0.2.1", alice, action, ALICE, ""))
                .isEqualTo(new Act("alice@example.com", action, "alice@example.com", "192.0.2.1", 1, ""));
    }

    @Test
    void what_owners_publish_is_not_kept() {
        assertThat(AuditLog.act("192.0.2.1", alice, Action.MODIFY, ALICE, "")).isNull();
        assertThat(AuditLog.act("192.0.2.1", admin, Action.MODIFY, admin.account(), "")).isNull();
    }

    @Test
    void what_services_publish_for_others_is_not_kept() {
        assertThat(AuditLog.act("192.0.2.1", service, Action.MODIFY, BOB, "")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\ntwo", "one\r\ntwo", "one\u0000two", "one\u001b[31mtwo", "one\u2028two", "one\u202etwo", "one\u0085two"})
    void what_was_sent_cannot_begin_a_line_or_direct_the_text(String hostile) {
        String detail = new Act("a@b", Action.LOGIN, null, hostile, 1, hostile).detail();

        assertThat(detail).startsWith("one ").endsWith("two").doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*");
    }

    @Test
    void long_detail_is_cut() {
        assertThat(new Act("a@b", Action.LOGIN, null, "r".repeat(1000), 1, "\ud83d\ude00".repeat(1000)))
                .satisfies(act -> assertThat(act.detail()).hasSizeBetween(250, 500))
                .satisfies(act -> assertThat(act.remote()).hasSizeLessThanOrEqualTo(64));
    }
}
