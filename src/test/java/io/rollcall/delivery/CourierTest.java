package io.rollcall.delivery;

import static io.rollcall.presentity.Examples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Json;
import io.rollcall.composition.Composition;
import io.rollcall.document.SchemaCheck;
import io.rollcall.http.Format;
import io.rollcall.message.NotificationMessage;
import io.rollcall.notification.Notification;
import io.rollcall.notification.Sights;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.Standing;
import io.rollcall.subscription.Status;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In what form services outside are told. */
class CourierTest {
    private static final Notification OFFLINE =
            Sights.news(Composition.offline(ALICE, 7, null), 1);
    private static final Notification REJECTED =
            Sights.news(ALICE, Standing.of(Status.TERMINATED, Event.REJECTED));

    @Test
    void a_message_has_what_selectors_choose_by_as_properties_and_the_document_as_body() {
        NotificationMessage message = TopicCourier.message("bob@example.com", OFFLINE, Format.JSON);

        assertThat(message.event()).isEqualTo(NotificationMessage.PRESENCE);
        assertThat(message.watcher()).isEqualTo("bob@example.com");
        assertThat(message.account()).isEqualTo(ALICE);
        assertThat(message.domain()).isEqualTo("example.com");
        assertThat(message.state()).isEqualTo("offline");
        assertThat(message.basic()).isEqualTo("closed");
        assertThat(message.version()).isEqualTo(7);
        assertThat(Json.read(message.body()).path("version").asLong()).isEqualTo(7);
    }

    @Test
    void a_body_in_pidf_is_valid() {
        NotificationMessage message = TopicCourier.message("bob@example.com", OFFLINE, Format.PIDF);

        assertThat(SchemaCheck.valid(message.body())).contains("pres:" + ALICE);
    }

    @Test
    @DisplayName("RFC 6665 §4.1.3 — a subscription that ended says why")
    void a_message_of_a_subscription_has_its_state() {
        NotificationMessage message = TopicCourier.message("bob@example.com", REJECTED, Format.PIDF);

        assertThat(message.event()).isEqualTo(NotificationMessage.SUBSCRIPTION);
        assertThat(message.state()).isEqualTo("terminated");
        assertThat(message.basic()).isNull();
        assertThat(message.version()).isNull();
        assertThat(Json.read(message.body()).path("reason").asText()).isEqualTo("rejected");
    }

    @Test
    void a_request_holds_its_list_and_events_as_over_websocket() {
        JsonNode body = Json.read(WebhookCourier.body("list", List.of(OFFLINE, REJECTED), Format.JSON));

        assertThat(body.path("subscription").asText()).isEqualTo("list");
        assertThat(body.path("events").get(0).path("type").asText()).isEqualTo("presence");
        assertThat(body.path("events").get(0).path("state").asText()).isEqualTo("offline");
        assertThat(body.path("events").get(1).path("type").asText()).isEqualTo("subscription");
        assertThat(body.path("events").get(1).path("reason").asText()).isEqualTo("rejected");
    }

    @Test
    void a_request_may_hold_pidf() {
        JsonNode body = Json.read(WebhookCourier.body("list", List.of(OFFLINE), Format.PIDF));

        assertThat(SchemaCheck.valid(body.path("events").get(0).path("pidf").asText())).contains("pres:" + ALICE);
    }
}
