package io.rollcall.composition;

import static io.rollcall.presentity.Examples.ALICE;
import static io.rollcall.presentity.Examples.later;
import static io.rollcall.presentity.Examples.loggedIn;
import static io.rollcall.presentity.Examples.says;
import static io.rollcall.presentity.Examples.tuple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.document.JsonWriter;
import io.rollcall.document.OwnWord;
import io.rollcall.document.PidfWriter;
import io.rollcall.document.PresenceDocument;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import io.rollcall.document.State;
import io.rollcall.presentity.AccountPresence;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CompositionTest {
    private static PresenceDocument latestLogin(AccountPresence presence) {
        return Composition.compose(presence, PersonPolicy.LATEST_LOGIN);
    }

    private static String speaker(AccountPresence presence, PersonPolicy policy) {
        Speaker speaker = Composition.compose(presence, policy).speaker();
        return speaker == null ? "nobody" : String.valueOf(speaker.tuple());
    }

    @Test
    void every_presentity_has_its_tuple_in_the_order_of_logins() {
        assertThat(latestLogin(loggedIn("busy", "online", "away")).tuples())
                .extracting(PublishedTuple::id)
                .containsExactly("t1", "t2", "t3");
    }

    @Test
    void the_person_follows_the_latest_login_not_the_latest_change() {
        AccountPresence two = loggedIn("busy", "online");
        AccountPresence changed = two.modify(tuple(two, "t1"), says("away"), later(10), later(3600));

        assertThat(speaker(changed, PersonPolicy.LATEST_LOGIN)).isEqualTo("t2");
        assertThat(latestLogin(changed).state()).isEqualTo(State.ONLINE);
    }

    @Test
    void when_the_latest_login_leaves_the_next_latest_takes_over() {
        AccountPresence three = loggedIn("busy", "online", "away");
        AccountPresence two = three.leave(tuple(three, "t3"), later(10));

        assertThat(speaker(two, PersonPolicy.LATEST_LOGIN)).isEqualTo("t2");
    }

    @Test
    void rfc4479_3_5_the_latest_change_may_speak_instead() {
        AccountPresence two = loggedIn("busy", "online");
        AccountPresence changed = two.modify(tuple(two, "t1"), says("away"), later(10), later(3600));

        assertThat(speaker(changed, PersonPolicy.LATEST_CHANGE)).isEqualTo("t1");
    }

    @Test
    void the_most_available_may_speak_instead_and_ties_go_to_the_latest_login() {
        assertThat(speaker(loggedIn("online", "busy", "away"), PersonPolicy.MOST_AVAILABLE))
                .isEqualTo("t1");
        assertThat(speaker(loggedIn("online", "online", "away"), PersonPolicy.MOST_AVAILABLE))
                .isEqualTo("t2");
    }

    @Test
    void policies_are_named_as_configuration_names_them() {
        assertThat(PersonPolicy.named("latest-login")).isEqualTo(PersonPolicy.LATEST_LOGIN);
        assertThat(PersonPolicy.named("latest-change")).isEqualTo(PersonPolicy.LATEST_CHANGE);
        assertThat(PersonPolicy.named("most-available")).isEqualTo(PersonPolicy.MOST_AVAILABLE);
        assertThatThrownBy(() -> PersonPolicy.named("loudest")).hasMessageContaining("most-available");
    }

    @Test
    void an_account_without_a_live_presentity_is_offline_and_has_no_person() {
        PresenceDocument nobody = latestLogin(AccountPresence.untouched(ALICE));

        assertThat(nobody.state()).isEqualTo(State.OFFLINE);
        assertThat(nobody.speaker()).isNull();
        assertThat(nobody.tuples()).isEmpty();
    }

    @Test
    void politely_blocked_and_offline_are_the_same_bytes() {
        AccountPresence one = loggedIn("busy");
        PresenceDocument gone = latestLogin(one.leave(tuple(one, "t1"), later(9)));
        PresenceDocument hidden =
                Composition.offline(ALICE, gone.version(), later(9).toEpochMilli());

        assertThat(JsonWriter.write(hidden)).isEqualTo(JsonWriter.write(gone));
        assertThat(PidfWriter.bytes(hidden)).isEqualTo(PidfWriter.bytes(gone));
    }

    @Test
    void equal_state_gives_equal_bytes() {
        assertThat(PidfWriter.bytes(latestLogin(loggedIn("busy", "away"))))
                .isEqualTo(PidfWriter.bytes(latestLogin(loggedIn("busy", "away"))));
        AccountPresence once = loggedIn("busy");
        AccountPresence refreshed = once.refresh(tuple(once, "t1"), later(7200));
        assertThat(JsonWriter.write(latestLogin(refreshed))).isEqualTo(JsonWriter.write(latestLogin(once)));
    }

    private static OwnWord word(String json) {
        return OwnWord.read(json.getBytes(StandardCharsets.UTF_8), later(0));
    }

    @Test
    void the_owners_word_speaks_for_the_person_over_all_clients() {
        AccountPresence busy = loggedIn("online", "away")
                .prefer(word("{\"state\":\"busy\",\"activities\":[\"meeting\"],\"note\":\"Mine\"}"), later(10));

        PresenceDocument document = latestLogin(busy);

        assertThat(document.state()).isEqualTo(State.BUSY);
        assertThat(utf8(JsonWriter.write(document)))
                .contains("\"person\":{\"tuple\":null,\"state\":\"busy\",\"activities\":[\"meeting\"],"
                        + "\"note\":\"Mine\",\"since\":\"2026-11-22T12:00:10.000Z\"}");
        assertThat(document.tuples()).hasSize(2);
        assertThat(utf8(PidfWriter.bytes(document))).contains("<rpid:meeting/></rpid:activities><dm:note>Mine</dm:note>");
    }

    @Test
    void a_note_of_the_owner_leaves_the_state_to_the_client() {
        AccountPresence noted = loggedIn("busy").prefer(word("{\"note\":\"Mine\"}"), later(10));

        assertThat(speaker(noted, PersonPolicy.LATEST_LOGIN)).isEqualTo("t1");
        assertThat(latestLogin(noted).state()).isEqualTo(State.BUSY);
        assertThat(utf8(JsonWriter.write(latestLogin(noted)))).contains("\"activities\":[],\"note\":\"Mine\"");
    }

    @Test
    void a_word_is_effective_while_a_presentity_is_live() {
        PresenceDocument nobody =
                latestLogin(AccountPresence.untouched(ALICE).prefer(word("{\"state\":\"busy\"}"), later(1)));

        assertThat(nobody.state()).isEqualTo(State.OFFLINE);
        assertThat(nobody.speaker()).isNull();
    }

    @Test
    void out_of_office_is_shown_without_a_presentity_too() {
        AccountPresence away = AccountPresence.untouched(ALICE)
                .prefer(word("{\"outOfOffice\":true,\"activities\":[\"vacation\"],\"note\":\"Monday\"}"), later(1));

        PresenceDocument document = latestLogin(away);

        assertThat(document.state()).isEqualTo(State.OFFLINE);
        assertThat(utf8(JsonWriter.write(document)))
                .contains("\"state\":\"offline\",\"person\":{\"tuple\":null,\"state\":\"away\",\"activities\":[\"vacation\"],"
                        + "\"note\":\"Monday\"", "\"tuples\":[]");
        assertThat(utf8(PidfWriter.bytes(document)))
                .contains("<tuple id=\"offline\"><status><basic>closed</basic></status></tuple><dm:person ")
                .contains("<rpid:vacation/>", "<dm:note>Monday</dm:note>");
    }

    @Test
    void an_invisible_owner_sees_the_truth() {
        AccountPresence one = loggedIn("busy");

        assertThat(latestLogin(one.prefer(word("{\"invisible\":true}"), later(1))).state()).isEqualTo(State.BUSY);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
