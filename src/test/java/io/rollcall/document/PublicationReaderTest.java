package io.rollcall.document;

import static io.rollcall.document.Documents.ALICE;
import static io.rollcall.document.Documents.READER;
import static io.rollcall.document.Documents.pidf;
import static io.rollcall.document.Documents.tuple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationReaderTest {

    @Test
    void rfc3863_4_1_4_without_a_basic_status_a_tuple_is_open() {
        assertThat(pidf("<tuple id='t'><status/></tuple>").tuple().basic()).isEqualTo(Basic.OPEN);
    }

    @ParameterizedTest
    @CsvSource({"0.8,0.8", "0.80,0.8", "0.800,0.8", "1,1", "1.000,1", "0,0", "0.,0", "0.05,0.05", "' 0.5 ',0.5"})
    void rfc3863_4_1_5_a_priority_has_at_most_three_decimals(String given, String kept) {
        assertThat(priority(given)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.001", "-0.1", "2", "10", "0.1234", "high", "", ".5", "+0.5", "0,5", "1e0", "٠"})
    void rfc3863_4_1_5_a_priority_out_of_range_is_absent(String given) {
        assertThat(priority(given)).isNull();
    }

    private static String priority(String given) {
        return pidf(tuple("<contact priority='" + given + "'>sip:a@b.c</contact>")).tuple().contact().priority();
    }

    @Test
    void rfc4479_5_notes_of_the_document_become_the_persons() {
        assertThat(pidf(tuple("") + "<note>Hi</note>").person())
                .isEqualTo(new Person(List.of(), List.of(new Note(null, "Hi"))));
        assertThat(pidf("<note>Hi</note><dm:person id='p'><rpid:class>c</rpid:class></dm:person>" + tuple(""))
                        .person()
                        .notes())
                .containsExactly(new Note(null, "Hi"));
    }

    @Test
    void a_person_that_says_nothing_is_no_person() {
        assertThat(pidf(tuple("") + "<dm:person id='p'><dm:note> </dm:note></dm:person>").person()).isNull();
    }

    @Test
    void ids_times_and_order_make_no_difference() {
        Publication one = pidf("<tuple id='a'><status><basic>open</basic></status><contact>sip:a@b.c</contact>"
                + "<note>N</note><timestamp>2026-01-01T00:00:00Z</timestamp></tuple>"
                + "<dm:person id='p'><rpid:mood id='m'><rpid:happy/></rpid:mood><dm:note>P</dm:note></dm:person>");
        Publication other = pidf("<dm:person x:y='z'><dm:note>P</dm:note><rpid:mood><rpid:happy/></rpid:mood>"
                + "<dm:timestamp>2020-01-01T00:00:00Z</dm:timestamp></dm:person>"
                + "<tuple id='b'><note>N</note><contact> sip:a@b.c </contact>"
                + "<status><basic>open</basic></status></tuple>");
        assertThat(one).isEqualTo(other);
    }

    @Test
    void insignificant_differences_of_elements_are_gone() {
        Extension one = extension("<x:a c='1' b='2' x:d='3'><x:e></x:e> <x:f/>\n</x:a>");
        Extension other = extension("<q:a xmlns:q='urn:example:x' q:d='3' b=\"2\" xml:id='i' c='1'>"
                + "<e xmlns='urn:example:x'/><!-- --><q:f /></q:a>");
        assertThat(one).isEqualTo(other);
        assertThat(one.xml())
                .isEqualTo("<n1:a xmlns:n1=\"urn:example:x\" b=\"2\" c=\"1\" n1:d=\"3\"><n1:e/><n1:f/></n1:a>");
    }

    @Test
    void elements_inside_others_keep_their_namespaces() {
        assertThat(extension("<x:a><b xmlns=''><c/><note xmlns='urn:ietf:params:xml:ns:pidf'>n</note></b>"
                        + "<y:d xmlns:y='urn:y' y:e='\"&#9;&lt;'>a<x:i/> b</y:d><note/></x:a>").xml())
                .isEqualTo("<n1:a xmlns:n1=\"urn:example:x\" xmlns:n2=\"urn:y\"><b xmlns=\"\"><c/>"
                        + "<note xmlns=\"urn:ietf:params:xml:ns:pidf\">n</note></b>"
                        + "<n2:d n2:e=\"&quot;&#9;&lt;\">a<n1:i/> b</n2:d><note/></n1:a>");
    }

    private static Extension extension(String xml) {
        Publication publication = pidf(tuple("") + xml);
        assertThat(READER.readStored(Documents.write(publication), publication.state())).isEqualTo(publication);
        return publication.extensions().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<rpid:mood><rpid:angry/><rpid:in_love/><x:wild/></rpid:mood>",
        "<rpid:activities/>",
        "<rpid:activities><x:gardening/></rpid:activities>",
        "<rpid:activities from='2026-02-28T24:00:00Z'><rpid:other xml:lang='en'>a</rpid:other></rpid:activities>",
        "<rpid:user-input idle-threshold='60' last-input='2026-01-31T00:00:00' x:y='z'>idle</rpid:user-input>",
        "<rpid:privacy><rpid:text/></rpid:privacy>",
        "<rpid:time-offset description='home'>60</rpid:time-offset>",
        "<cipid:homepage>http://[2001:db8::1]:80/a b</cipid:homepage>",
        "<rpid:status-icon>http://a/[b]</rpid:status-icon>",
        "<x:a xml:base='http://example.com/' xml:space='whatever'/>",
        "<rpid:unheard-of>kept</rpid:unheard-of>",
    })
    void what_the_schemas_allow_is_kept(String element) {
        Documents.write(pidf(tuple(element)));
        Documents.write(pidf(tuple("") + "<dm:person id='p'>" + element + "</dm:person>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<rpid:mood><rpid:hangry/></rpid:mood>",
        "<rpid:activities until='2026-02-30T00:00:00Z'><rpid:busy/></rpid:activities>",
        "<rpid:activities><rpid:busy x='y'/></rpid:activities>",
        "<rpid:activities>text<rpid:busy/></rpid:activities>",
        "<rpid:activities><rpid:other><rpid:busy/></rpid:other></rpid:activities>",
        "<rpid:activities><y xmlns=''/></rpid:activities>",
        "<rpid:class rank='1'>a</rpid:class>",
        "<rpid:user-input idle-threshold='0'>idle</rpid:user-input>",
        "<rpid:relationship><rpid:cousin/></rpid:relationship>",
        "<x:a><x:b><dm:deviceID><x:c/></dm:deviceID></x:b></x:a>",
        "<rpid:time-offset>late</rpid:time-offset>",
        "<x:a xmlns:p='urn:ietf:params:xml:ns:pidf' p:mustUnderstand='perhaps'/>",
        "<cipid:icon size='big'>http://a/b</cipid:icon>",
    })
    void what_the_schemas_refuse_is_refused_wherever_it_stands(String element) {
        assertThatThrownBy(() -> pidf(tuple(element)))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageStartingWith("The document does not follow the schemas");
        assertThatThrownBy(() -> pidf(tuple("") + element)).isInstanceOf(InvalidDocument.class);
        assertThatThrownBy(() -> pidf(tuple("<x:a>" + element + "</x:a>"))).isInstanceOf(InvalidDocument.class);
    }

    @ParameterizedTest
    @CsvSource({
        "pres:alice@example.com,true", "PRES:alice@EXAMPLE.com,true", "sip:alice@example.com:5060;a=b?c=d,true",
        "sips:%61lice@example.com,true", "pres:Alice@example.com,false", "pres:alice@example.org,false",
        "alice@example.com,false", "mailto:alice@example.com,false", "pres:,false", "sip:example.com,false",
        "pres:alice%40example.com,true", "pres:alice@example.com@evil.example,false", "pres:%zz@example.com,false",
    })
    void the_entity_names_the_account(String entity, boolean named) {
        String document = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='" + entity + "'>" + tuple("")
                + "</presence>";
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        if (named) {
            assertThat(READER.readPidf(body, null, ALICE).state()).isEqualTo(State.ONLINE);
        } else {
            assertThatThrownBy(() -> READER.readPidf(body, null, ALICE))
                    .isInstanceOf(InvalidDocument.class)
                    .hasMessageContaining("pres:alice@example.com");
        }
    }

    @Test
    void messages_say_what_to_do() {
        assertThatThrownBy(() -> pidf(tuple("") + tuple(""))).hasMessageContaining("exactly one tuple");
        assertThatThrownBy(() -> pidf("<dm:person id='a'/><dm:person id='b'/>")).hasMessageContaining("one person");
        assertThatThrownBy(() -> pidf(tuple("<q/>"))).hasMessageContaining("\"q\"").hasMessageContaining("tuple");
        assertThatThrownBy(() -> READER.readPidf("<presence".getBytes(StandardCharsets.UTF_8), null, ALICE))
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> READER.readPidf(Documents.bytes("bad/doctype.xml"), null, ALICE))
                .hasMessageContaining("DOCTYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-7", "no such thing", "", "x-unknown", "UTF-32"})
    void an_unknown_charset_is_refused(String charset) {
        byte[] body = Documents.document(tuple("")).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> READER.readPidf(body, charset, ALICE))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void namespaces_written_out_again_and_again_do_not_multiply_a_document() {
        String longName = "urn:" + "x".repeat(2_000);
        StringBuilder document = new StringBuilder(tuple(""));
        document.append("<x:a");
        for (int i = 0; i < 25; i++) {
            document.append(" xmlns:n").append(i).append("='").append(longName).append(i).append("'");
        }
        document.append("/>");
        assertThat(pidf(document.toString()).extensions()).hasSize(1);
        String wrapped = "<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:n='" + longName
                + "' entity='pres:alice@example.com'>" + tuple("") + "<n:a/>".repeat(64) + "</presence>";
        DocumentLimits small = new DocumentLimits(4_000, 24, 1_000, 32, 2_048, 16, 2_000, 64);
        assertThatThrownBy(() -> new PublicationReader(small)
                        .readPidf(wrapped.getBytes(StandardCharsets.UTF_8), null, ALICE))
                .isInstanceOf(InvalidDocument.class);
    }
}
