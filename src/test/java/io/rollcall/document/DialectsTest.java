package io.rollcall.document;

import static io.rollcall.document.Documents.ALICE;
import static io.rollcall.document.Documents.READER;
import static io.rollcall.document.Documents.read;
import static io.rollcall.document.Documents.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients of many makes send, read from documents written in their manner. */
class DialectsTest {

    static List<String> good() {
        return Documents.names(".");
    }

    static List<String> bad() {
        return Documents.names("bad");
    }

    @ParameterizedTest
    @MethodSource("good")
    void every_dialect_is_handed_on_as_valid_pidf_and_read_back_equal(String name) {
        Publication publication = read(name);
        String written = write(publication);
        assertThat(READER.readStored(written, publication.state())).isEqualTo(publication);
        assertThat(READER.readPidf(written.getBytes(StandardCharsets.UTF_8), "utf-8", ALICE)).isEqualTo(publication);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void what_is_wrong_is_refused_with_a_word_about_it(String name) {
        assertThatThrownBy(() -> READER.readPidf(Documents.bytes("bad/" + name), null, ALICE))
                .isInstanceOf(InvalidDocument.class)
                .message()
                .isNotBlank()
                .doesNotContain("null");
    }

    @Test
    void a_softphone_sends_its_person_after_the_tuple() {
        Publication publication = read("softphone.xml");
        assertThat(publication.state()).isEqualTo(State.BUSY);
        assertThat(publication.activities()).containsExactly("on-the-phone");
        assertThat(publication.tuple().contact())
                .isEqualTo(new Contact("sip:alice@192.0.2.17:5060;transport=tls", "0.8"));
        assertThat(publication.note()).isEqualTo("Back at ten");
    }

    @Test
    void prefixes_do_not_matter() {
        Publication publication = read("default-namespaces.xml");
        assertThat(publication.activities()).containsExactly("meeting");
        assertThat(publication.deviceLabel()).isEqualTo("urn:uuid:3f0d5a4e-9c1b-4c55-8a3e-0d8a5b1c2d3e");
        assertThat(publication.tuple().extensions().get(1).xml()).isEqualTo("<rpid:class>desk phone</rpid:class>");
    }

    @Test
    void rfc4479_5_a_person_with_a_note_keeps_the_notes_of_the_document_away() {
        Publication publication = read("person-first.xml");
        assertThat(publication.state()).isEqualTo(State.AWAY);
        assertThat(publication.person().notes()).containsExactly(new Note(null, "Gone fishing"));
        assertThat(publication.deviceLabel()).isEqualTo("Laptop");
    }

    @Test
    void a_sips_entity_with_port_parameters_and_escapes_names_the_account() {
        Publication publication = read("sips-entity.xml");
        assertThat(publication.state()).isEqualTo(State.OFFLINE);
        assertThat(publication.tuple().contact().priority()).isNull();
    }

    @Test
    void every_declared_encoding_gives_the_same_text() {
        for (String name : List.of("latin1.xml", "utf8-bom.xml", "utf16.xml", "utf16be-bare.xml",
                "charset-by-content-type.xml")) {
            assertThat(read(name).note()).as(name).isEqualTo("Grüße aus Köln");
        }
    }

    @Test
    void rfc7303_3_2_a_byte_order_mark_counts_before_the_content_type() {
        Publication publication = READER.readPidf(Documents.bytes("utf8-bom.xml"), "iso-8859-1", ALICE);
        assertThat(publication.note()).isEqualTo("Grüße aus Köln");
    }

    @Test
    void notes_in_many_languages_keep_their_tags() {
        Publication publication = read("languages.xml");
        assertThat(publication.tuple().notes())
                .contains(new Note("zh-Hans", "在办公室"), new Note("ar", "في المكتب"), new Note(null, "Wrong tag 🙂"));
        assertThat(publication.person().notes())
                .containsExactly(new Note("de", "Im Büro"), new Note("ja", "オフィスにいます"));
        assertThat(publication.note()).isEqualTo("Im Büro");
    }

    @Test
    void elements_of_the_mobile_world_are_kept_in_status_tuple_person_and_device() {
        Publication publication = read("oma.xml");
        assertThat(publication.tuple().status()).extracting(Extension::name).containsExactly("willingness");
        assertThat(publication.tuple().extensions())
                .extracting(Extension::name)
                .contains("willingness", "session-participation", "service-description", "deviceID");
        assertThat(publication.person().extensions()).extracting(Extension::name).contains("overriding-willingness");
        assertThat(publication.device().extensions().get(0).xml()).contains("<n1:network id=\"IMS\">");
    }

    @Test
    void rfc4480_4_a_rich_document_keeps_every_element() {
        Publication publication = read("rich.xml");
        assertThat(publication.person().extensions()).hasSize(9);
        assertThat(publication.person().extensions().get(6).xml())
                .isEqualTo("<rpid:sphere xmlns:n1=\"urn:x-rollcall:sphere\">"
                        + "<n1:value>chess club</n1:value></rpid:sphere>");
        assertThat(publication.device().extensions()).hasSize(1);
        assertThat(publication.deviceLabel()).isEqualTo("PC");
        assertThat(publication.state()).isEqualTo(State.AWAY);
        assertThat(publication.activities()).isEmpty();
    }

    @Test
    void old_habits_are_repaired() {
        Publication publication = read("old-habits.xml");
        assertThat(publication.activities()).containsExactly("appointment");
        assertThat(publication.person().extensions()).extracting(Extension::xml).containsExactly(
                "<rpid:activities><rpid:note>Dentist</rpid:note><rpid:appointment/></rpid:activities>",
                "<rpid:mood><rpid:note>hm</rpid:note><rpid:unknown/></rpid:mood>",
                "<rpid:place-type xmlns:n1=\"urn:ietf:params:xml:ns:location-type\"><rpid:note>Top floor</rpid:note>"
                        + "<n1:office/></rpid:place-type>",
                "<rpid:place-is><rpid:audio><rpid:quiet/></rpid:audio>"
                        + "<rpid:video><rpid:ok/></rpid:video></rpid:place-is>",
                "<rpid:privacy><rpid:audio/><rpid:video/></rpid:privacy>",
                "<rpid:sphere><rpid:work/></rpid:sphere>");
        assertThat(publication.tuple().extensions().get(0).xml()).isEqualTo("<rpid:user-input>idle</rpid:user-input>");
    }

    @Test
    void activities_of_drafts_are_understood() {
        assertThat(read("asterisk.xml").state()).isEqualTo(State.BUSY);
        assertThat(read("asterisk.xml").note()).isEqualTo("On the phone");
        assertThat(read("office-gateway.xml").state()).isEqualTo(State.AWAY);
        assertThat(read("office-gateway.xml").activities()).containsExactly("other");
    }

    @Test
    void cdata_is_text_and_comments_are_nothing() {
        Publication publication = read("jabber-gateway.xml");
        assertThat(publication.note()).isEqualTo("Wooing <Juliet>");
        assertThat(publication.tuple().status().get(0).xml())
                .isEqualTo("<n1:show xmlns:n1=\"jabber:client\">dnd</n1:show>");
    }
}
