package io.rollcall.policy;

import static io.rollcall.policy.RandomRules.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.document.Address;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each rule of RFC 4745 and RFC 5025, among them those that other servers get wrong. */
class RulesetTest {
    private static final String ALLOW = "<actions><pr:sub-handling>allow</pr:sub-handling></actions>";

    private static Question asks(@Nullable String watcher, Instant time, @Nullable String sphere) {
        Address address = watcher == null ? null : Address.parse(watcher).orElseThrow();
        return new Question(address, time, sphere, RandomRules::isMember);
    }

    private static boolean applies(String conditions, @Nullable String watcher) {
        return applies(conditions, asks(watcher, NOON, null));
    }

    private static boolean applies(String conditions, Question question) {
        Ruleset rules = RulesetDocumentsTest.xml("<rule id='a'>" + conditions + "</rule>");
        return !rules.applying(question).isEmpty();
    }

    private static boolean includes(String identity, String watcher) {
        return applies("<conditions><identity>" + identity + "</identity></conditions>", watcher);
    }

    private static Permissions permissions(String rules, String watcher) {
        return Permissions.of(RulesetDocumentsTest.xml(rules).applying(asks(watcher, NOON, null)));
    }

    @Test
    @DisplayName("RFC 4745 §10.2 — all rules that apply count, not the first: the highest handling, the union of sets")
    void all_rules_that_apply_count() {
        Permissions both = permissions(
                "<rule id='a'><actions><pr:sub-handling>polite-block</pr:sub-handling></actions><transformations>"
                        + "<pr:provide-mood>true</pr:provide-mood><pr:provide-user-input>full</pr:provide-user-input>"
                        + "<pr:provide-devices><pr:class>x</pr:class></pr:provide-devices></transformations></rule>"
                        + "<rule id='b'>" + ALLOW + "<transformations><pr:provide-note>true</pr:provide-note>"
                        + "<pr:provide-user-input>bare</pr:provide-user-input>"
                        + "<pr:provide-devices><pr:class>y</pr:class></pr:provide-devices></transformations></rule>"
                        + "<rule id='c'><actions><pr:sub-handling>block</pr:sub-handling></actions></rule>",
                "bob@example.com");

        assertThat(both.handling()).isEqualTo(Handling.ALLOW);
        assertThat(both.provision().attributes()).containsExactlyInAnyOrder(Attribute.MOOD, Attribute.NOTE);
        assertThat(both.provision().userInput()).isEqualTo(UserInput.FULL);
        assertThat(both.provision().devices().selectors()).hasSize(2);
    }

    @Test
    @DisplayName("RFC 5025 §3.2.1 — without a sub-handling a rule blocks; block does not overrule allow")
    void block_is_the_lowest() {
        assertThat(permissions("<rule id='a'/>", "bob@example.com").handling()).isEqualTo(Handling.BLOCK);
        assertThat(permissions("<rule id='a'>" + ALLOW + "</rule><rule id='b'/>", "bob@example.com").handling())
                .isEqualTo(Handling.ALLOW);
    }

    @Test
    @DisplayName("RFC 5025 §3.3 — what no transformation provides is not provided")
    void nothing_is_provided_by_default() {
        assertThat(permissions("<rule id='a'>" + ALLOW + "</rule>", "bob@example.com").provision())
                .isEqualTo(Provision.NOTHING);
    }

    @Test
    @DisplayName("RFC 4745 §7.1.1 — without conditions, or without an identity, a rule applies to everybody")
    void without_conditions_a_rule_applies_to_everybody() {
        assertThat(applies("", "zoe@partner.example")).isTrue();
        assertThat(applies("<conditions/>", "zoe@partner.example")).isTrue();
        assertThat(applies("", (String) null)).isTrue();
        assertThat(applies(
                        "<conditions><sphere value='home'/></conditions>", asks("zoe@partner.example", NOON, "home")))
                .isTrue();
    }

    @Test
    @DisplayName("RFC 4745 §7 — all conditions must hold; within an identity one part is enough")
    void conditions_are_and_identities_are_or() {
        String both = "<conditions><identity><one id='sip:bob@example.com'/><one id='sip:eve@evil.example'/></identity>"
                + "<sphere value='home'/></conditions>";
        assertThat(applies(both, asks("eve@evil.example", NOON, "home"))).isTrue();
        assertThat(applies(both, asks("eve@evil.example", NOON, "work"))).isFalse();
        assertThat(applies(both, asks("carol@example.com", NOON, "home"))).isFalse();
    }

    @Test
    @DisplayName("RFC 4745 §7 — a condition nobody knows is false, and so is a part of an identity")
    void the_unknown_is_false() {
        assertThat(applies("<conditions><x:moon/></conditions>", "bob@example.com")).isFalse();
        assertThat(includes("<x:anybody/>", "bob@example.com")).isFalse();
        assertThat(includes("<x:anybody/><one id='sip:bob@example.com'/>", "bob@example.com")).isTrue();
        assertThat(includes("<one id='sip:bob@example.com'><x:with/></one>", "bob@example.com")).isFalse();
        assertThat(includes("<many><x:but-not/></many>", "bob@example.com")).isFalse();
    }

    @ParameterizedTest
    @DisplayName("RFC 4745 §7.1.2, RFC 5025 §3.1.1.2 — one is exactly that identity, in any form of its address")
    @CsvSource({
        "sip:bob@example.com,true", "sips:bob@EXAMPLE.com,true", "pres:bob@example.com,true", "sip:Bob@example.com,false",
        "tel:bob@example.com,false", "mailto:bob@example.com,false", "sip:bo@example.com,false",
        "sip:bob@example.co,false"
    })
    void one(String id, boolean included) {
        assertThat(includes("<one id='" + id + "'/>", "bob@example.com")).isEqualTo(included);
    }

    @Test
    @DisplayName("RFC 4745 §7.1.3 — many is whoever has authenticated")
    void many() {
        assertThat(includes("<many/>", "zoe@partner.example")).isTrue();
        assertThat(applies("<conditions><identity><many/></identity></conditions>", (String) null)).isFalse();
    }

    @ParameterizedTest
    @DisplayName("RFC 4745 §7.1.3 — domains are decoded, made ASCII, and compared label by label")
    @CsvSource({
        "example.com,bob@example.com,true", "EXAMPLE.com,bob@example.com,true", "example.org,bob@example.com,false",
        "exbmple.com,bob@example.com,false", "example.com,bob@sub.example.com,false", "m%C3%BCller.de,a@müller.de,true",
        "xn--mller-kva.de,a@müller.de,true", "müller.de,a@xn--mller-kva.de,true", "mueller.de,a@müller.de,false",
        "..,bob@example.com,false"
    })
    void many_of_a_domain(String domain, String watcher, boolean included) {
        assertThat(includes("<many domain='" + domain + "'/>", watcher)).isEqualTo(included);
    }

    @ParameterizedTest
    @DisplayName("RFC 4745 §7.1.3 — exceptions leave out one, or a domain; several are ORed")
    @CsvSource({"bob@example.com,false", "bo@example.com,true", "zoe@partner.example,false", "eve@evil.example,true"})
    void exceptions(String watcher, boolean included) {
        assertThat(includes("<many><except id='sip:bob@example.com'/><except domain='partner.example'/></many>", watcher))
                .isEqualTo(included);
    }

    @Test
    void a_group_of_the_directory_is_an_identity_too() {
        assertThat(includes("<r:group name='sales'/>", "bob@example.com")).isTrue();
        assertThat(includes("<r:group name='staff'/>", "bob@example.com")).isFalse();
        assertThat(includes("<r:group name='sales'><except id='sip:bob@example.com'/></r:group>", "bob@example.com"))
                .isFalse();
    }

    @ParameterizedTest
    @DisplayName("RFC 4745 §7.3, RFC 5025 §3.1.2 — the sphere is one of the words; an undefined one is none")
    @CsvSource({"home,true", "WORK,true", "wor,false", "office,false", ",false"})
    void sphere(@Nullable String sphere, boolean holds) {
        assertThat(applies("<conditions><sphere value=' home\twork '/></conditions>",
                        asks("bob@example.com", NOON, sphere)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @DisplayName("RFC 4745 §7.4 — a validity holds from its beginning up to, but not including, its end; any period does")
    @CsvSource({
        "2026-03-01T11:59:59.999Z,false", "2026-03-01T12:00:00Z,true", "2026-03-01T12:59:59.999Z,true",
        "2026-03-01T13:00:00Z,false", "2026-03-02T00:00:00Z,true", "2026-03-03T00:00:00Z,false"
    })
    void validity(String time, boolean holds) {
        assertThat(applies(
                        "<conditions><validity><from>2026-03-01T12:00:00Z</from><until>2026-03-01T14:00:00+01:00</until>"
                                + "<from>2026-03-02T00:00:00Z</from><until>2026-03-03T00:00:00Z</until></validity></conditions>",
                        asks("bob@example.com", Instant.parse(time), null)))
                .isEqualTo(holds);
    }

    /** RFC 4745 read as naively as can be. */
    @ParameterizedTest
    @ValueSource(longs = {7, 4745, 10})
    @DisplayName("RFC 4745 §10 — whatever the rules, they permit what a naive reading of the RFC does")
    void like_a_naive_reading(long seed) {
        RandomRules random = new RandomRules(seed);
        for (int i = 0; i < 2000; i++) {
            Ruleset rules = random.ruleset(5);
            Question question = random.question();
            int handling = 0;
            Set<Attribute> attributes = new HashSet<>();
            for (Rule rule : rules.rules()) {
                if (rule.conditions().stream().allMatch(condition -> naive(condition, question))) {
                    handling = Math.max(handling, rule.handling().ordinal());
                    attributes.addAll(rule.provision().attributes());
                }
            }
            Permissions permissions = Permissions.of(rules.applying(question));
            assertThat(permissions.handling().ordinal()).isEqualTo(handling);
            assertThat(permissions.provision().attributes()).isEqualTo(attributes);
        }
    }

    private static boolean naive(Condition condition, Question question) {
        if (condition instanceof Sphere sphere) {
            return question.sphere() != null
                    && List.of(sphere.value().toLowerCase(Locale.ROOT).split(" "))
                            .contains(question.sphere().toLowerCase(Locale.ROOT));
        }
        if (condition instanceof Validity validity) {
            return validity.periods().stream().anyMatch(period ->
                    question.time().compareTo(period.from()) >= 0 && question.time().compareTo(period.until()) < 0);
        }
        return condition instanceof Identity identity
                && identity.anyOf().stream().anyMatch(who -> naive(who, String.valueOf(question.watcher())));
    }

    private static boolean naive(Who who, String watcher) {
        if (who instanceof One one) {
            return naiveId(one.id(), watcher);
        }
        if (who instanceof Many many) {
            return many.unknown().isEmpty()
                    && (many.domain() == null || watcher.endsWith('@' + many.domain().toLowerCase(Locale.ROOT)))
                    && many.exceptions().stream().noneMatch(except -> naive(except, watcher));
        }
        return who instanceof Group group
                && RandomRules.isMember(group.name(), Address.parse(watcher).orElseThrow())
                && group.exceptions().stream().noneMatch(except -> naive(except, watcher));
    }

    private static boolean naive(Except except, String watcher) {
        return except.id() != null && naiveId(except.id(), watcher)
                || except.domain() != null
                        && watcher.endsWith('@' + except.domain().toLowerCase(Locale.ROOT));
    }

    private static boolean naiveId(String id, String watcher) {
        return id.matches("(pres|sips?):.*") && id.substring(id.indexOf(':') + 1).equals(watcher);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 33})
    void without_one_watcher_the_rules_hold_for_all_others_and_only_them(long seed) {
        RandomRules random = new RandomRules(seed);
        Address bob = Address.parse("bob@example.com").orElseThrow();
        for (int i = 0; i < 1000; i++) {
            Ruleset rules = random.ruleset(4);
            Question question = random.question();
            List<String> left = rules.without(List.of(bob)).applying(question).stream().map(Rule::id).toList();
            List<String> all = rules.applying(question).stream().map(Rule::id).toList();
            assertThat(left).hasSameElementsAs(bob.equals(question.watcher()) ? List.of() : all);
        }
    }
}
