package io.rollcall.presentity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a group, so that whoever misses its announcement knows what to do. */
class ChangeLogTest {
    @Test
    void an_entry_tells_whose_rules_changed() {
        String text = ChangeLog.Entry.text(List.of(change("alice@example.com", 0), change("bob@example.com", 1)));

        ChangeLog.Entry entry = ChangeLog.Entry.of(7, text);

        assertThat(entry.number()).isEqualTo(7);
        assertThat(entry.lines())
                .containsExactly(
                        new ChangeLog.Entry.Line("alice@example.com", 2, false),
                        new ChangeLog.Entry.Line("bob@example.com", 2, true));
    }

    @Test
    void a_change_that_is_not_of_rules_takes_no_more_room_than_its_address_and_version() {
        assertThat(ChangeLog.Entry.text(List.of(change("alice@example.com", 0)))).isEqualTo("alice@example.com 2\n");
    }

    private static ChangeGroup.Announced change(String address, long rulesRevision) {
        return new ChangeGroup.Announced(address, 1, 2, 0, rulesRevision, null, false, null, List.of(), List.of());
    }
}
