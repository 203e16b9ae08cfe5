package io.rollcall.document;

import static io.rollcall.document.Documents.json;
import static io.rollcall.document.Documents.pidf;
import static io.rollcall.document.Documents.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivitiesTest {

    @ParameterizedTest
    @CsvSource({
        "meeting,BUSY", "on-the-phone,BUSY", "appointment,BUSY", "presentation,BUSY", "performance,BUSY",
        "steering,BUSY", "worship,BUSY", "spectator,BUSY", "busy,BUSY", "away,AWAY", "vacation,AWAY", "holiday,AWAY",
        "sleeping,AWAY", "meal,AWAY", "breakfast,AWAY", "lunch,AWAY", "dinner,AWAY", "shopping,AWAY", "travel,AWAY",
        "in-transit,AWAY", "playing,AWAY", "tv,AWAY", "permanent-absence,AWAY", "working,", "looking-for-work,",
        "other,", "unknown,",
    })
    void rfc4480_3_2_an_activity_implies_a_state(String activity, State state) {
        assertThat(Activities.state(List.of(activity))).isEqualTo(state);
    }

    @Test
    void an_explicit_word_counts_before_what_others_imply_and_busy_before_away() {
        assertThat(Activities.state(List.of("meeting", "away"))).isEqualTo(State.AWAY);
        assertThat(Activities.state(List.of("vacation", "busy"))).isEqualTo(State.BUSY);
        assertThat(Activities.state(List.of("away", "busy"))).isEqualTo(State.BUSY);
        assertThat(Activities.state(List.of("vacation", "meeting"))).isEqualTo(State.BUSY);
    }

    @Test
    void activities_of_the_person_count_before_those_of_the_tuple() {
        String away = "<rpid:activities><rpid:away/></rpid:activities>";
        String busy = "<rpid:activities><rpid:busy/></rpid:activities>";
        assertThat(pidf(tuple(busy) + "<dm:person id='p'>" + away + "</dm:person>").state()).isEqualTo(State.AWAY);
        assertThat(pidf(tuple(busy)).state()).isEqualTo(State.BUSY);
        assertThat(pidf("<tuple id='t'><status><basic>open</basic>" + busy + "</status></tuple>").state())
                .isEqualTo(State.BUSY);
        assertThat(pidf("<tuple id='t'><status><basic>closed</basic></status>" + busy + "</tuple>").state())
                .isEqualTo(State.OFFLINE);
    }

    @Test
    void activities_inside_elements_of_other_namespaces_are_not_the_persons() {
        Publication publication = pidf(tuple("") + "<dm:person id='p'><rpid:activities>"
                + "<rpid:note>&lt;rpid:busy/></rpid:note>"
                + "<x:a><rpid:busy/></x:a><rpid:meal/></rpid:activities></dm:person>");
        assertThat(publication.activities()).containsExactly("meal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "busy|", "away|", "online|", "offline|", "busy|meeting", "away|meeting", "away|meal", "busy|meal",
        "online|meeting", "offline|vacation", "busy|away", "away|busy", "away|away,meal", "busy|busy,meeting",
        "online|other", "away|lunch", "busy|lunch,meeting", "online|unknown", "away|meeting,vacation",
    })
    void activities_of_json_come_back_as_they_were_published(String state, String activities) {
        List<String> names = activities == null ? List.of() : List.of(activities.split(","));
        String array = names.isEmpty() ? "[]" : "[\"" + String.join("\",\"", names) + "\"]";
        Publication publication = json("{\"state\":\"" + state + "\",\"activities\":" + array + "}");
        assertThat(publication.activities()).isEqualTo(names);
        assertThat(publication.state().word()).isEqualTo(state);
        Documents.write(publication);
    }

    @ParameterizedTest
    @CsvSource({"busy,meeting", "away,meeting", "away,meal", "busy,away", "online,working", "busy,unknown"})
    void readers_of_pidf_see_the_state_that_json_gave(String state, String activity) {
        Publication publication = json("{\"state\":\"" + state + "\",\"activities\":[\"" + activity + "\"]}");
        assertThat(Activities.state(publication.tuple(), publication.person())).isEqualTo(publication.state());
        assertThat(Activities.state(publication.tuple(), null)).isEqualTo(publication.state());
    }
}
