package io.rollcall.notification;

import static io.rollcall.presentity.Examples.ALICE;
import static io.rollcall.presentity.Examples.later;
import static io.rollcall.presentity.Examples.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Json;
import io.rollcall.composition.Composition;
import io.rollcall.composition.PersonPolicy;
import io.rollcall.document.SchemaCheck;
import io.rollcall.http.Format;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.Standing;
import io.rollcall.subscription.Status;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NotificationTest {
    private final Rendition rendition = new Rendition(Composition.compose(
            AccountPresence.untouched(ALICE).login("t1", says("busy", "Line 1\\nLine 2 \u00fc"), later(0), later(60)),
            PersonPolicy.LATEST_LOGIN));

    @Test
    void whatwg_9_2_an_event_has_a_name_an_id_and_its_data_and_ends_with_an_empty_line() {
        String event = text(Notification.presence(rendition, 7L).serverSentEvent(Format.JSON));

        assertThat(event)
                .startsWith("event: presence\nid: 7\ndata: {\"account\":\"alice@example.com\"")
                .endsWith("}\n\n");
        assertThat(event.strip().lines()).hasSize(3);
    }

    @Test
    void whatwg_9_2_each_line_of_pidf_is_a_line_of_data() {
        String event = text(Notification.presence(rendition, 7L).serverSentEvent(Format.PIDF));

        assertThat(event.strip().lines().skip(2)).allMatch(line -> line.startsWith("data: "));
        String data = event.strip().lines().skip(2).map(line -> line.substring(6)).collect(Collectors.joining("\n"));
        assertThat(SchemaCheck.valid(data)).contains("Line 1\nLine 2 \u00fc");
    }

    @Test
    void an_event_that_stands_for_no_change_has_no_id() {
        assertThat(text(Notification.presence(rendition, null).serverSentEvent(Format.JSON))).doesNotContain("id:");
        assertThat(text(subscription().serverSentEvent(Format.JSON)))
                .isEqualTo("event: subscription\ndata: {\"account\":\"alice@example.com\",\"state\":\"terminated\","
                        + "\"reason\":\"rejected\"}\n\n");
    }

    @Test
    void a_web_socket_message_is_one_frame_with_the_document_and_its_type() {
        JsonNode message = message(Notification.presence(rendition, 7L).frame(Format.JSON));

        assertThat(message.path("type").asText()).isEqualTo("presence");
        assertThat(message.path("state").asText()).isEqualTo("busy");
        assertThat(message.path("person").path("note").asText()).isEqualTo("Line 1\nLine 2 \u00fc");
    }

    @Test
    void a_web_socket_message_may_carry_pidf_in_a_string() {
        JsonNode message = message(Notification.presence(rendition, 7L).frame(Format.PIDF));

        assertThat(message.path("account").asText()).isEqualTo(ALICE);
        SchemaCheck.valid(message.path("pidf").asText());
    }

    @Test
    void all_who_are_told_the_same_share_the_bytes() {
        Notification notification = Notification.presence(rendition, 7L);

        assertThat(notification.serverSentEvent(Format.JSON)).isSameAs(notification.serverSentEvent(Format.JSON));
        assertThat(notification.frame(Format.PIDF)).isSameAs(notification.frame(Format.PIDF));
    }

    @Test
    void news_replaces_older_news_of_the_same_kind_only() {
        Notification presence = Notification.presence(rendition, 7L);

        assertThat(Notification.presence(rendition, 8L).key()).isEqualTo(presence.key());
        assertThat(subscription().key()).isNotEqualTo(presence.key());
    }

    private static Notification subscription() {
        return Notification.subscription(ALICE, Standing.of(Status.TERMINATED, Event.REJECTED));
    }

    /** What one unmasked text frame of 126 bytes and more carries (RFC 6455 §5.2). */
    private static JsonNode message(byte[] frame) {
        assertThat(frame[0]).isEqualTo((byte) 0x81);
        assertThat(frame[1]).isEqualTo((byte) 126);
        int length = (frame[2] & 0xff) << 8 | frame[3] & 0xff;
        assertThat(frame).hasSize(4 + length);
        return Json.read(new String(frame, 4, length, StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
