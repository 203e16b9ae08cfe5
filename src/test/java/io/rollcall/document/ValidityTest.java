package io.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 4480 §3.1: from and until")
class ValidityTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final PublicationReader READER = new PublicationReader(DocumentLimits.DEFAULT);

    private static Publication person(String elements) {
        return publication("", "<dm:person id='p'>" + elements + "</dm:person>");
    }

    private static Publication publication(String inTuple, String besideTuple) {
        String pidf = "<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'"
                + " xmlns:r='urn:ietf:params:xml:ns:pidf:rpid' xmlns:x='urn:x' entity='pres:alice@example.com'>"
                + "<tuple id='t'><status><basic>open</basic></status>" + inTuple + "</tuple>" + besideTuple
                + "</presence>";
        return READER.readPidf(pidf.getBytes(StandardCharsets.UTF_8), null, "alice@example.com");
    }

    @Test
    void what_has_passed_is_no_longer_shown_and_the_state_follows() {
        Publication meeting = person("<r:activities until='2026-03-01T13:00:00Z'><r:meeting/></r:activities>");

        assertThat(meeting.at(NOON).state()).isEqualTo(State.BUSY);
        Publication after = meeting.at(NOON.plusSeconds(3600));
        assertThat(after.state()).isEqualTo(State.ONLINE);
        assertThat(after.activities()).isEmpty();
        assertThat(after.person()).isNull();
    }

    @Test
    void what_is_still_to_come_is_not_shown_yet() {
        Publication trip = person("<r:activities from='2026-03-01T13:00:00Z'><r:travel/></r:activities>");

        assertThat(trip.at(NOON).state()).isEqualTo(State.ONLINE);
        assertThat(trip.at(NOON.plusSeconds(3600)).state()).isEqualTo(State.AWAY);
    }

    @Test
    void the_end_of_one_may_be_the_beginning_of_another() {
        Publication day = person("<r:activities until='2026-03-01T13:00:00Z'><r:meeting/></r:activities>"
                + "<r:activities from='2026-03-01T13:00:00Z'><r:meal/></r:activities>");

        assertThat(day.at(NOON).activities()).containsExactly("meeting");
        assertThat(day.at(NOON.plusSeconds(3600)).activities()).containsExactly("meal");
    }

    @Test
    void every_element_of_rpid_ends_wherever_it_stands() {
        Publication publication = publication(
                "<r:privacy until='2026-03-01T12:30:00Z'><r:audio/></r:privacy>",
                "<dm:person id='p'><r:mood until='2026-03-01T12:30:00Z'><r:happy/></r:mood>"
                        + "<r:place-is until='2026-03-01T12:30:00Z'><r:audio><r:noisy/></r:audio></r:place-is>"
                        + "<r:sphere until='2026-03-01T12:30:00Z'><r:work/></r:sphere><r:class>c</r:class></dm:person>");

        Publication after = publication.at(NOON.plusSeconds(1800));

        assertThat(after.tuple().extensions()).isEmpty();
        assertThat(after.person()).isNotNull();
        assertThat(after.person().extensions()).extracting(Extension::name).containsExactly("class");
    }

    @Test
    void other_namespaces_may_mean_something_else_by_these_names() {
        Publication publication = person("<x:activities until='2026-03-01T11:00:00Z'/>"
                + "<r:activities><r:other>not until=\"2026-03-01T11:00:00Z\"</r:other></r:activities>");

        assertThat(publication.at(NOON)).isSameAs(publication);
        assertThat(publication.changesAfter(Instant.MIN)).isNull();
    }

    @Test
    void the_next_change_is_the_first_of_all_ends_and_beginnings() {
        Publication publication =
                person("<r:activities from='2026-03-01T13:00:00Z' until='2026-03-01T15:00:00Z'><r:meal/></r:activities>"
                        + "<r:mood until='2026-03-01T14:00:00.0001+01:00'><r:happy/></r:mood>");

        assertThat(publication.changesAfter(NOON)).isEqualTo("2026-03-01T13:00:00Z").isNotNull();
        assertThat(publication.changesAfter(NOON.plusSeconds(3600))).isEqualTo("2026-03-01T13:00:00.001Z");
        assertThat(publication.changesAfter(NOON.plusSeconds(3601))).isEqualTo("2026-03-01T15:00:00Z");
        assertThat(publication.changesAfter(NOON.plusSeconds(10800))).isNull();
    }

    @Test
    void a_time_without_a_zone_is_utc_and_one_that_java_cannot_read_bounds_nothing() {
        assertThat(person("<r:mood until='2026-03-01T13:00:00'><r:happy/></r:mood>").changesAfter(NOON))
                .isEqualTo("2026-03-01T13:00:00Z");
        Publication odd = person("<r:mood until='-0044-03-15T24:00:00'><r:happy/></r:mood>");
        assertThat(odd.at(NOON)).isEqualTo(odd);
    }

    @Test
    void what_is_stored_reads_back_equal_whatever_holds_now() {
        Publication meeting = person("<r:activities until='2026-03-01T13:00:00Z'><r:meeting/></r:activities>");
        String stored = StoredForm.write("alice@example.com", "t", meeting, NOON);

        assertThat(StoredForm.read(stored, State.ONLINE)).isEqualTo(meeting);
    }
}
