package io.rollcall.watcherinfo;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Json;
import io.rollcall.document.SchemaCheck;
import io.rollcall.policy.Handling;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.Standing;
import io.rollcall.subscription.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatcherInfoTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long AN_HOUR_AGO = NOW.minusSeconds(3600).toEpochMilli();
    private static final String BOB = "bob@example.com";

    @Test
    @DisplayName("RFC 3858 §3 — every status and event makes a valid document")
    void every_status_and_event_makes_a_valid_document() {
        List<WatcherState> all = new ArrayList<>();
        for (Status status : Status.values()) {
            for (Event event : Event.values()) {
                if (status != Status.INIT) {
                    String watcher = status.word() + "-" + event.word() + "-é+=~@example.com";
                    all.add(new WatcherState(watcher, Standing.of(status, event), AN_HOUR_AGO, null, null));
                }
            }
        }
        String xml = WatcherInfoWriter.xml(new WatcherInfo("o'neill@example.com", 7, false, all), NOW);

        SchemaCheck.validWatcherInfo(xml);
        assertThat(xml).contains("version=\"7\" state=\"partial\"").contains("duration-subscribed=\"3600\"");
        SchemaCheck.validWatcherInfo(WatcherInfoWriter.xml(new WatcherInfo(BOB, 0, true, List.of()), NOW));
    }

    @Test
    void json_tells_the_same_and_what_the_owner_decided() {
        WatcherState bob = state(Status.ACTIVE, Event.APPROVED, NOW.plusSeconds(90).toEpochMilli());
        var json = Json.read(WatcherInfoWriter.json(new WatcherInfo("alice@example.com", 0, true, List.of(bob)), NOW));

        assertThat(json.path("account").asText()).isEqualTo("alice@example.com");
        assertThat(json.path("state").asText()).isEqualTo("full");
        var row = json.path("watchers").get(0);
        assertThat(row.path("watcher").asText()).isEqualTo(BOB);
        assertThat(row.path("status").asText()).isEqualTo("active");
        assertThat(row.path("event").asText()).isEqualTo("approved");
        assertThat(row.path("since").asText()).isEqualTo("2026-03-01T11:00:00Z");
        assertThat(row.path("expires").asInt()).isEqualTo(90);
        assertThat(row.path("handling").asText()).isEqualTo("allow");
        var others = Json.read(WatcherInfoWriter.json(
                new WatcherInfo("alice@example.com", 0, true, List.of(bob.withoutHandling())), NOW));
        assertThat(others.path("watchers").get(0).has("handling")).isFalse();
    }

    @Test
    @DisplayName("RFC 3858 §3.2 — a watcher's id stays the same, whatever happens to it")
    void an_id_stays_the_same() {
        WatcherState pending = state(Status.PENDING, Event.SUBSCRIBE, null);
        WatcherState other = new WatcherState("zoe@example.com", pending.standing(), AN_HOUR_AGO, null, null);

        assertThat(pending.id()).isEqualTo(state(Status.ACTIVE, Event.APPROVED, 5L).id()).isNotEqualTo(other.id());
    }

    @Test
    void one_that_was_pending_and_is_active_was_approved() {
        WatcherState pending = state(Status.PENDING, Event.SUBSCRIBE, null);
        WatcherState active = state(Status.ACTIVE, Event.SUBSCRIBE, null);

        assertThat(active.after(pending).standing()).isSameAs(Standing.of(Status.ACTIVE, Event.APPROVED));
        assertThat(active.after(active)).isSameAs(active);
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE,ALLOW,TIMEOUT",
        "ACTIVE,CONFIRM,GIVEUP",
        "ACTIVE,BLOCK,REJECTED",
        "WAITING,ALLOW,APPROVED",
        "WAITING,BLOCK,REJECTED",
        "WAITING,CONFIRM,GIVEUP",
        "PENDING,CONFIRM,GIVEUP",
        "PENDING,BLOCK,REJECTED",
        "PENDING,ALLOW,TIMEOUT"
    })
    void one_that_is_gone_ended_by_the_rules_or_because_its_watcher_went(Status was, Handling now, Event event) {
        WatcherState gone = state(was, Event.SUBSCRIBE, null).ended(now);

        assertThat(gone.standing()).isSameAs(Standing.of(Status.TERMINATED, event));
    }

    private static WatcherState state(Status status, Event event, Long expiresAt) {
        return new WatcherState(BOB, Standing.of(status, event), AN_HOUR_AGO, expiresAt, Handling.ALLOW);
    }
}
