package io.rollcall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.document.DocumentLimits;
import io.rollcall.document.FilterExamples;
import io.rollcall.document.JsonWriter;
import io.rollcall.document.PidfWriter;
import io.rollcall.document.PresenceDocument;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import io.rollcall.document.Publication;
import io.rollcall.document.PublicationReader;
import io.rollcall.document.SchemaCheck;
import io.rollcall.document.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a document (RFC 5025 §3.3). */
class FilterTest {
    private static final String ALICE = "alice@example.com";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final PublicationReader READER = new PublicationReader(DocumentLimits.DEFAULT);
    private static final String RICH = "<presence xmlns='urn:ietf:params:xml:ns:pidf'"
            + " xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model' xmlns:r='urn:ietf:params:xml:ns:pidf:rpid'"
            + " xmlns:x='urn:example:x' entity='pres:alice@example.com'>"
            + "<tuple id='t'><status><basic>open</basic></status><r:class>tc</r:class><dm:deviceID>urn:uuid:AB</dm:deviceID>"
            + "<r:privacy><r:audio/></r:privacy><r:relationship><r:family/></r:relationship>"
            + "<r:service-class><r:electronic/></r:service-class><r:status-icon>http://x/ti</r:status-icon>"
            + "<r:user-input idle-threshold='60' last-input='2026-03-01T11:00:00Z'>idle</r:user-input><x:tx>1</x:tx>"
            + "<contact priority='0.5'>sip:alice@Desk.example.com</contact><note>tn</note></tuple>"
            + "<dm:person id='p'><r:activities><r:note>inside</r:note><r:meeting/></r:activities><r:class>pc</r:class>"
            + "<r:mood><r:happy/></r:mood><r:place-is><r:audio><r:noisy/></r:audio></r:place-is>"
            + "<r:place-type><r:other>office</r:other></r:place-type><r:sphere><r:work/></r:sphere>"
            + "<r:time-offset>60</r:time-offset><x:px/><dm:note>pn</dm:note></dm:person>"
            + "<dm:device id='d'><r:class>dc</r:class><x:dx/><dm:deviceID>urn:uuid:ab</dm:deviceID><dm:note>dn</dm:note>"
            + "</dm:device><x:top/></presence>";

    private static PresenceDocument document(Publication... publications) {
        List<PublishedTuple> tuples = new ArrayList<>();
        for (Publication publication : publications) {
            tuples.add(new PublishedTuple("t" + (tuples.size() + 1), NOON, publication));
        }
        PublishedTuple last = tuples.get(tuples.size() - 1);
        return new PresenceDocument(ALICE, last.publication().state(), Speaker.of(last), tuples, 7, null);
    }

    private static PresenceDocument rich() {
        return document(READER.readPidf(RICH.getBytes(StandardCharsets.UTF_8), null, ALICE));
    }

    private static PresenceDocument json(String json) {
        return document(READER.readJson(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Provision provide(String json) {
        var single = RulesetJsonReader.readSingle(
                ("{\"handling\":\"allow\",\"provide\":" + json + "}").getBytes(StandardCharsets.UTF_8));
        return single.provision();
    }

    private static String pidf(PresenceDocument document, String provision) {
        return SchemaCheck.valid(PidfWriter.write(Filter.apply(document, provide(provision))));
    }

    private static String text(PresenceDocument document, String provision) {
        return new String(JsonWriter.write(Filter.apply(document, provide(provision))), StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("RFC 5025 §3.3 — what is not provided is not there; nobody can tell that anything is")
    void nothing_provided_looks_offline() {
        String offline = PidfWriter.write(new PresenceDocument(ALICE, State.OFFLINE, null, List.of(), 7, null));
        assertThat(pidf(rich(), "{}")).isEqualTo(offline);
        assertThat(text(rich(), "{}")).contains("\"state\":\"offline\",\"person\":null,\"tuples\":[]");
    }

    @Test
    @DisplayName("RFC 5025 §3.3.2 — always there: a service's contact, class of service and basic status, a device's id")
    void what_is_always_there() {
        String bare = pidf(rich(), "{\"services\":\"all\",\"persons\":\"all\",\"devices\":\"all\"}");
        assertThat(bare)
                .contains("<basic>open</basic>", "service-class", "alice@Desk.example.com", "<timestamp>",
                        "dm:person", "urn:uuid:ab")
                .doesNotContain("tc", "pc", "dc<", "urn:uuid:AB", "privacy", "relationship", "status-icon", "user-input",
                        "tx", "px", "dx", "top", "tn", "pn", "dn<", "meeting", "mood", "place", "sphere", "time-offset");
    }

    @ParameterizedTest
    @EnumSource(Attribute.class)
    @DisplayName("RFC 5025 §3.3.2 — each attribute comes by its own permission, and no other does")
    void each_attribute_by_its_own_permission(Attribute attribute) {
        String seen = pidf(rich(), "{\"services\":\"all\",\"persons\":\"all\",\"attributes\":[\"" + attribute.word() + "\"]}");
        for (Attribute other : Attribute.values()) {
            String trace =
                    switch (other) {
                        case NOTE -> ">pn<";
                        case DEVICE_ID -> "<dm:deviceID>urn:uuid:AB<";
                        case CLASS -> "<rpid:class>";
                        default -> "<rpid:" + other.word() + '>';
                    };
            assertThat(seen.contains(trace)).as(other.word()).isEqualTo(other == attribute);
        }
    }

    @Test
    @DisplayName("RFC 5025 §3.3.2.13 — notes inside other attributes come with these")
    void notes_inside_attributes() {
        assertThat(pidf(rich(), "{\"persons\":\"all\",\"attributes\":[\"activities\"]}")).contains("inside").doesNotContain("pn");
    }

    @ParameterizedTest
    @CsvSource({"false,false,false,false", "bare,true,false,false", "thresholds,true,true,false", "full,true,true,true"})
    @DisplayName("RFC 5025 §3.3.2.12 — user-input is provided in four steps")
    void user_input(String word, boolean there, boolean threshold, boolean last) {
        String seen = pidf(rich(), "{\"services\":\"all\",\"user-input\":\"" + word + "\"}");
        assertThat(seen.contains(">idle</rpid:user-input>")).isEqualTo(there);
        assertThat(seen.contains("idle-threshold")).isEqualTo(threshold);
        assertThat(seen.contains("last-input")).isEqualTo(last);
    }

    @Test
    @DisplayName("RFC 5025 §3.3.2.14, §3.3.2.15 — unknown attributes come by name, or with all")
    void unknown_attributes() {
        String one = "{\"services\":\"all\",\"persons\":\"all\",\"devices\":\"all\",\"unknown\":[{\"ns\":\"urn:example:x\","
                + "\"name\":\"px\"}]}";
        assertThat(pidf(rich(), one)).contains("px").doesNotContain("tx", "dx", "top");
        assertThat(pidf(rich(), one.replace("example:x", "example:y"))).doesNotContain("px");
        assertThat(pidf(rich(), "{\"services\":\"all\",\"persons\":\"all\",\"devices\":\"all\",\"attributes\":\"all\"}"))
                .isEqualTo(PidfWriter.write(rich()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"class\":\"tc\"}|true", "{\"class\":\"TC\"}|false", "{\"occurrence-id\":\"t1\"}|true",
                "{\"occurrence-id\":\"T1\"}|false", "{\"service-uri\":\"SIP:alice@desk.example.COM\"}|true",
                "{\"service-uri\":\"sip:Alice@desk.example.com\"}|false", "{\"service-uri\":\"sips:alice@desk.example.com\"}|false",
                "{\"service-uri-scheme\":\"SIP\"}|true", "{\"service-uri-scheme\":\"tel\"}|false"
            })
    @DisplayName("RFC 5025 §3.3.1.2 — services are chosen by class, id, URI or scheme")
    void services_are_chosen(String selector, boolean shown) {
        assertThat(pidf(rich(), "{\"services\":[" + selector + "]}").contains("id=\"t1\"")).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"class\":\"dc\"}|true", "{\"class\":\"x\"}|false", "{\"occurrence-id\":\"dt1\"}|true",
                "{\"deviceID\":\"URN:UUID:AB\"}|true", "{\"deviceID\":\"urn:uuid:ac\"}|false"
            })
    @DisplayName("RFC 5025 §3.3.1.1 — devices are chosen by class, id or URN, also without their services")
    void devices_are_chosen(String selector, boolean shown) {
        String seen = pidf(rich(), "{\"devices\":[" + selector + "]}");
        assertThat(seen.contains("<dm:device ")).isEqualTo(shown);
        assertThat(seen).doesNotContain("id=\"t1\"");
    }

    @Test
    @DisplayName("RFC 5025 §3.3.1.3 — persons are chosen by class or id, also without the service they came from")
    void persons_are_chosen() {
        assertThat(pidf(rich(), "{\"persons\":[{\"class\":\"pc\"}]}")).contains("dm:person").doesNotContain("<tuple");
        assertThat(pidf(rich(), "{\"persons\":[{\"occurrence-id\":\"palice_40example.com\"}]}")).contains("dm:person");
        assertThat(pidf(rich(), "{\"persons\":[{\"class\":\"tc\"}]}")).doesNotContain("dm:person");
        assertThat(text(rich(), "{\"persons\":\"all\"}")).contains("\"person\":{\"tuple\":null");
    }

    @ParameterizedTest
    @CsvSource({"busy,meeting", "away,vacation", "busy,", "online,meeting"})
    void the_state_does_not_tell_what_is_hidden(String state, String activity) {
        String activities = activity == null ? "" : ",\"activities\":[\"" + activity + "\"]";
        PresenceDocument document = json("{\"state\":\"" + state + '"' + activities + '}');
        assertThat(text(document, "{\"services\":\"all\",\"persons\":\"all\"}"))
                .contains("\"state\":\"online\"")
                .doesNotContain("busy", "away", "meeting", "vacation");
        assertThat(text(document, "{\"services\":\"all\",\"persons\":\"all\",\"attributes\":[\"activities\"]}"))
                .startsWith("{\"account\":\"alice@example.com\",\"state\":\"" + state + '"');
    }

    @Test
    void when_it_was_last_seen_only_those_learn_who_may_see_all_services() {
        PresenceDocument gone = new PresenceDocument(ALICE, State.OFFLINE, null, List.of(), 8, NOON);
        assertThat(text(gone, "{\"services\":\"all\"}")).contains("\"lastSeen\":\"2026");
        assertThat(text(gone, "{\"services\":[{\"class\":\"x\"}]}")).contains("\"lastSeen\":null");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 5025})
    @DisplayName("RFC 5025 §4 — filtering twice changes nothing, and what is left is valid; whatever is chosen by a class"
            + " that is shown")
    void filtering_twice_changes_nothing(long seed) {
        RandomRules random = new RandomRules(seed);
        FilterExamples publications = new FilterExamples(seed);
        for (int i = 0; i < 500; i++) {
            PresenceDocument whole = document(publications.next(), publications.next());
            Provision some = random.provision();
            Provision provision = some.or(new Provision(Selection.NONE, Selection.NONE, Selection.NONE,
                    Set.of(Attribute.CLASS), UserInput.FALSE, Set.of(), false));
            PresenceDocument once = Filter.apply(whole, provision);
            assertThat(Filter.apply(once, provision)).isEqualTo(once);
            SchemaCheck.valid(PidfWriter.write(Filter.apply(whole, some)));
        }
    }
}
