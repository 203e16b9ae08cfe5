package io.rollcall.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.document.InvalidDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules as documents: XML and JSON of equal power, and what is none. */
class RulesetDocumentsTest {
    static final String START = "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy'"
            + " xmlns:pr='urn:ietf:params:xml:ns:pres-rules' xmlns:x='urn:example:x' xmlns:r='urn:rollcall:policy'>";

    static Ruleset xml(String rules) {
        return RulesetXml.read(bytes(START + rules + "</ruleset>"), null);
    }

    static Ruleset json(String rules) {
        Ruleset ruleset = RulesetJsonReader.read(bytes("{\"rules\":[" + rules + "]}")).ruleset();
        assertThat(ruleset).isNotNull();
        return ruleset;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4745, 5025})
    void whatever_rules_there_are_both_forms_give_them_back(long seed) {
        RandomRules random = new RandomRules(seed);
        for (int i = 0; i < 300; i++) {
            Ruleset ruleset = random.ruleset(4);
            String written = RulesetXml.write(ruleset);
            assertThat(RulesetXml.read(bytes(written), null)).as(written).isEqualTo(ruleset);
            String json = RulesetJson.write(ruleset, null);
            assertThat(RulesetJsonReader.read(bytes(json)).ruleset()).as(json).isEqualTo(ruleset);
            assertThat(RulesetXml.write(RulesetXml.read(bytes(written), null))).isEqualTo(written);
        }
    }

    @Test
    @DisplayName("RFC 5025 §6 — the example of the RFC is read, and says the same in JSON")
    void the_example_of_the_rfc() {
        String rule = "<rule id='a'><conditions><identity><one id='sip:user@example.com'/></identity></conditions>"
                + "<actions><pr:sub-handling>allow</pr:sub-handling></actions><transformations>"
                + "<pr:provide-services><pr:service-uri-scheme>sip</pr:service-uri-scheme>"
                + "<pr:service-uri-scheme>mailto</pr:service-uri-scheme></pr:provide-services>"
                + "<pr:provide-persons><pr:all-persons/></pr:provide-persons>"
                + "<pr:provide-activities>true</pr:provide-activities>"
                + "<pr:provide-user-input>bare</pr:provide-user-input>"
                + "<pr:provide-unknown-attribute ns='urn:vendor-specific:foo-namespace' name='foo'>true"
                + "</pr:provide-unknown-attribute></transformations></rule>";
        assertThat(xml(rule)).isEqualTo(json("""
                {"id":"a","conditions":[{"identity":[{"one":"sip:user@example.com"}]}],"handling":"allow",
                 "provide":{"services":[{"service-uri-scheme":"sip"},{"service-uri-scheme":"mailto"}],"persons":"all",
                  "attributes":["activities"],"user-input":"bare",
                  "unknown":[{"ns":"urn:vendor-specific:foo-namespace","name":"foo"}]}}"""));
    }

    @Test
    @DisplayName("RFC 5025 §8 — xs:boolean may also be written 1 and 0; what says false says nothing")
    void booleans_have_two_words() {
        Ruleset rules = xml("<rule id='a'><transformations><pr:provide-mood>1</pr:provide-mood>"
                + "<pr:provide-note>0</pr:provide-note><pr:provide-class>false</pr:provide-class>"
                + "</transformations></rule>");
        assertThat(rules.rules().get(0).provision().attributes()).containsExactly(Attribute.MOOD);
    }

    @Test
    void an_unknown_condition_comes_back_as_it_came() {
        Ruleset rules = xml("<rule id='a'><conditions><x:moon phase='full'>yes<x:b/></x:moon></conditions></rule>");
        assertThat(RulesetXml.write(rules)).contains("moon phase=\"full\">yes<");
        assertThat(RulesetJsonReader.read(bytes(RulesetJson.write(rules, null))).ruleset()).isEqualTo(rules);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rule/>",
                "<rule id='1a'/>",
                "<rule id='a'/><rule id='a'/>",
                "<rule id='a'><actions><pr:sub-handling>hide</pr:sub-handling></actions></rule>",
                "<rule id='a'><conditions><identity/></conditions></rule>",
                "<rule id='a'><conditions><sphere/></conditions></rule>",
                "<rule id='a'><conditions><identity><one/></identity></conditions></rule>",
                "<rule id='a'><transformations><pr:provide-mood>maybe</pr:provide-mood></transformations></rule>",
                "<rule id='a'><transformations><pr:provide-user-input>much</pr:provide-user-input>"
                        + "</transformations></rule>",
                "<rule id='a'><conditions><validity><from>2026-01-01T00:00:00Z</from></validity></conditions></rule>",
                "<rule id='a'><transformations/><conditions/></rule>",
                "<rule id='a'>text</rule>",
                "<x:rule/>",
                "<rule id='a'><conditions><identity><r:group/></identity></conditions></rule>",
                "<rule id='a'>",
                "<rule id='a'><conditions><identity><one id='bob'/></identity></conditions></rule>",
                "<rule id='a'><conditions><identity><many domain=''/></identity></conditions></rule>",
                "<rule id='a'><conditions><identity><many><except/></many></identity></conditions></rule>",
                "<rule id='a'><conditions><validity><from>2026-01-01T00:00:00Z</from>"
                        + "<until>9999-12-31T23:59:59-14:00</until></validity></conditions></rule>",
                "<rule id='a'><transformations><pr:provide-unknown-attribute ns='' name='b'>true"
                        + "</pr:provide-unknown-attribute></transformations></rule>"
            })
    void what_is_no_ruleset_is_refused_and_told_why(String rules) {
        assertThatThrownBy(() -> xml(rules)).isInstanceOf(InvalidDocument.class);
    }

    @Test
    void no_doctype_and_no_other_root() {
        assertThatThrownBy(() -> RulesetXml.read(bytes("<!DOCTYPE x><x/>"), null)).hasMessageContaining("DOCTYPE");
        assertThatThrownBy(() -> RulesetXml.read(bytes("<ruleset/>"), null)).hasMessageContaining("common-policy");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z,2026-01-01T00:00:00Z",
        "2026-01-02T00:00:00Z,2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+01:00,2025-12-31T23:00:00Z"
    })
    @DisplayName("RFC 4745 §7.4 — a validity that ends before it begins is contradictory, and refused")
    void contradictory_times_are_refused(String from, String until) {
        String rule = "<rule id='a'><conditions><validity><from>%s</from><until>%s</until></validity></conditions></rule>";
        assertThatThrownBy(() -> xml(String.format(rule, from, until))).hasMessageContaining("must end after it begins");
        assertThatThrownBy(() -> json(String.format(
                        "{\"id\":\"a\",\"conditions\":[{\"validity\":[{\"from\":\"%s\",\"until\":\"%s\"}]}]}", from, until)))
                .hasMessageContaining("must end after it begins");
    }

    @Test
    void times_are_xs_dateTime() {
        Ruleset rules = xml("<rule id='a'><conditions><validity><from>2026-01-01T24:00:00</from>"
                + "<until>2026-01-02T03:00:00.25+02:00</until></validity></conditions></rule>");
        assertThat(RulesetXml.write(rules)).contains("2026-01-02T00:00:00Z", "2026-01-02T01:00:00.250Z");
        for (String other : List.of("2026-01-01", "09:30:00", "--03-01", "---31", "2026", "--03", "")) {
            assertThatThrownBy(() -> RulesetXmlReader.time(other)).hasMessageContaining("is not");
        }
        assertThatThrownBy(() -> RulesetXmlReader.time("12026-01-01T00:00:00Z")).hasMessageContaining("is not");
    }

    @Test
    void more_rules_than_anybody_needs_are_refused() {
        String many = IntStream.rangeClosed(0, PolicyLimits.RULES)
                .mapToObj(i -> "<rule id='r" + i + "'/>")
                .collect(Collectors.joining());
        assertThatThrownBy(() -> xml(many)).hasMessageContaining("at most 1000 rules");
        String one = "<rule id='a'><conditions><identity>" + "<one id='pres:a@b.c'/>".repeat(10_000)
                + "</identity></conditions></rule>";
        assertThatThrownBy(() -> xml(one)).hasMessageContaining("at most 10000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "7",
                "{\"id\":\"a\",\"x\":1}",
                "{\"id\":\"a\",\"handling\":\"hide\"}",
                "{\"id\":\"a\",\"conditions\":{}}",
                "{\"id\":\"a\",\"conditions\":[{}]}",
                "{\"id\":\"a\",\"conditions\":[{\"identity\":[]}]}",
                "{\"id\":\"a\",\"conditions\":[{\"identity\":[{\"one\":\"bob\"}]}]}",
                "{\"id\":\"a\",\"conditions\":[{\"identity\":[{\"one\":\"a@b.c\",\"many\":{}}]}]}",
                "{\"id\":\"a\",\"conditions\":[{\"unknown\":\"<a\"}]}",
                "{\"id\":\"a\",\"conditions\":[{\"unknown\":\"<a/>\"}]}",
                "{\"id\":\"a\",\"conditions\":[{\"unknown\":\"<sphere xmlns='urn:ietf:params:xml:ns:common-policy' value='x'/>\"}]}",
                "{\"id\":\"a\",\"provide\":\"some\"}",
                "{\"id\":\"a\",\"provide\":{\"persons\":[{\"service-uri\":\"x\"}]}}",
                "{\"id\":\"a\",\"provide\":{\"attributes\":[\"shoes\"]}}",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "{\"id\":\"a\"},{\"id\":\"a\"}",
                "{\"id\":\"a\\u0000\"}"
            })
    void what_is_no_rule_in_json_is_refused_and_told_why(String rule) {
        assertThatThrownBy(() -> json(rule)).isInstanceOf(InvalidDocument.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"rules\":[],\"version\":1}",
        "{\"rules\":[{\"id\":\"a\",\"version\":1.5}]}",
        "{\"rules\":[{\"id\":\"a\",\"conditions\":[{\"version\":1}]}]}"
    })
    void a_member_that_is_not_known_is_named(String json) {
        assertThatThrownBy(() -> RulesetJsonReader.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("has no member 'version'");
    }

    @Test
    void a_number_where_there_should_be_a_word_is_named_by_its_member() {
        assertThatThrownBy(() -> RulesetJsonReader.readSingle("{\"handling\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("A decision.handling must be a string");
    }
}
