package io.rollcall.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.document.Address;
import io.rollcall.policy.Except;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Identity;
import io.rollcall.policy.Many;
import io.rollcall.policy.One;
import io.rollcall.policy.Permissions;
import io.rollcall.policy.PolicyLimits;
import io.rollcall.policy.Provision;
import io.rollcall.policy.Question;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import io.rollcall.policy.Sphere;
import io.rollcall.policy.Validity;
import io.rollcall.policy.Who;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What politely blocked watchers go on seeing while the rules change. */
class EditTest {
    private static final Address BOB = Address.parse("bob@example.com").orElseThrow();
    private static final Address CAROL = Address.parse("carol@example.com").orElseThrow();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Rule HIDE = rule("hide", Many.ALL, Handling.POLITE_BLOCK);
    private static final Rule SHOW =
            rule("show", new Many("example.com", List.of(), List.of()), Handling.ALLOW);
    private static final Decision OTHERWISE = Decision.of(Handling.CONFIRM, "default");

    private Rules rules = Rules.none(0);

    private static Rule rule(String id, Who who, Handling handling) {
        return new Rule(id, List.of(new Identity(List.of(who))), handling, Provision.NOTHING);
    }

    private void at(long version, UnaryOperator<Edit> edit) {
        at(version, NOON, null, edit);
    }

    private void at(long version, Instant time, @Nullable String sphere, UnaryOperator<Edit> edit) {
        rules = edit.apply(new Edit(rules, new Mark(version, version * 1000), time, sphere)).rules(version);
    }

    private static Ruleset set(Rule... each) {
        return new Ruleset(List.of(each));
    }

    private static Split split(Rule... each) {
        return Split.of(set(each));
    }

    private Decision decide(Address watcher) {
        return decide(watcher, NOON, null);
    }

    private Decision decide(Address watcher, Instant time, @Nullable String sphere) {
        return rules.decide(new Question(watcher, time, sphere, (group, member) -> false), OTHERWISE);
    }

    @Test
    void a_rule_keeps_its_mark_while_it_stays() {
        at(5, edit -> edit.replaceAll(split(HIDE)));
        at(9, edit -> edit.replaceAll(split(HIDE, rule("other", new One("sip:x@y.z"), Handling.BLOCK))));

        assertThat(decide(BOB).mark()).isEqualTo(new Mark(5, 5000L));
    }

    @Test
    void whoever_loses_an_allowing_rule_sees_the_account_as_of_then() {
        at(5, edit -> edit.replaceAll(split(HIDE)));
        at(9, edit -> edit.replaceAll(split(HIDE, SHOW)));
        assertThat(decide(BOB).handling()).isEqualTo(Handling.ALLOW);
        at(20, edit -> edit.replaceAll(split(HIDE)));

        assertThat(decide(BOB).mark()).isEqualTo(new Mark(20, 20_000L));
    }

    @Test
    void what_an_allowing_rule_provides_may_change_without_a_trace() {
        at(5, edit -> edit.replaceAll(split(HIDE, SHOW)));
        Rule more = new Rule("more", SHOW.conditions(), Handling.ALLOW, Provision.EVERYTHING);
        at(9, edit -> edit.replaceAll(split(HIDE, more)));

        assertThat(rules.floor()).isEqualTo(Mark.NONE);
    }

    @Test
    void those_whom_an_allowing_rule_named_are_remembered_by_name_and_others_see_nothing_of_it() {
        Rule both = new Rule(
                "both",
                List.of(new Identity(List.of(new One("sip:bob@example.com"), new One("sip:x@y.z")))),
                Handling.ALLOW,
                Provision.NOTHING);
        at(5, edit -> edit.replaceAll(split(HIDE, both)));
        at(9, edit -> edit.replaceAll(split(HIDE)));

        assertThat(decide(BOB).mark().version()).isEqualTo(9);
        assertThat(decide(CAROL).mark().version()).isEqualTo(5);
    }

    @Test
    void a_decision_taken_back_never_shows_an_older_account() {
        at(5, edit -> edit.replace(set(HIDE)));
        at(7, edit -> edit.decide(BOB, Single.rule(BOB, Handling.ALLOW, Provision.EVERYTHING)));
        at(12, edit -> edit.forget(BOB));
        assertThat(decide(BOB)).isEqualTo(new Decision(
                Handling.POLITE_BLOCK, Provision.NOTHING, "rules", List.of("hide"), new Mark(12, 12_000L)));
        at(15, edit -> edit.decide(BOB, Single.rule(BOB, Handling.POLITE_BLOCK, Provision.NOTHING)));
        at(16, edit -> edit.decide(BOB, Single.rule(BOB, Handling.POLITE_BLOCK, Provision.NOTHING)));
        assertThat(decide(BOB).mark().version()).isEqualTo(15);
        at(17, edit -> edit.forget(BOB));

        assertThat(decide(BOB).mark().version()).isEqualTo(15);
        assertThat(decide(CAROL).mark().version()).isEqualTo(5);
    }

    @Test
    void the_end_of_an_allowing_validity_moves_the_floor_and_a_beginning_block_its_mark() {
        Instant one = NOON.plusSeconds(3600);
        Rule untilOne = new Rule(
                "until", List.of(new Validity(List.of(new Validity.Period(NOON, one)))), Handling.ALLOW, Provision.NOTHING);
        Rule fromOne = new Rule(
                "from",
                List.of(new Validity(List.of(new Validity.Period(one, one.plusSeconds(60))))),
                Handling.POLITE_BLOCK,
                Provision.NOTHING);
        at(5, edit -> edit.replaceAll(split(HIDE, untilOne, fromOne)));
        assertThat(rules.isSettled(new Question(BOB, one.minusMillis(1), null, (group, member) -> false))).isTrue();
        assertThat(rules.isSettled(new Question(BOB, one, null, (group, member) -> false))).isFalse();
        at(9, one, null, edit -> edit.settle(false));

        assertThat(rules.isSettled(new Question(BOB, one, null, (group, member) -> false))).isTrue();
        assertThat(rules.marks().get("from")).isEqualTo(new Mark(9, 9000L));
        assertThat(decide(BOB, one, null).mark()).isEqualTo(new Mark(9, 9000L));
        assertThat(rules.edited()).isEqualTo(5);
    }

    @Test
    void another_sphere_moves_the_floor_only_if_a_rule_that_allows_asked_for_the_former() {
        Rule home = new Rule("home", List.of(new Sphere("home")), Handling.ALLOW, Provision.NOTHING);
        at(5, NOON, "home", edit -> edit.replaceAll(split(HIDE, home)));
        at(9, NOON, "work", edit -> edit.settle(false));
        assertThat(rules.floor().version()).isEqualTo(9);
        at(12, NOON, "else", edit -> edit.settle(false));

        assertThat(rules.floor().version()).isEqualTo(9);
    }

    @Test
    void the_document_says_by_the_rfc_alone_what_holds() {
        at(5, edit -> edit.replace(set(HIDE, SHOW)));
        at(6, edit -> edit.decide(BOB, Single.rule(BOB, Handling.BLOCK, Provision.NOTHING)));
        Ruleset document = rules.document();
        for (Address watcher : List.of(BOB, CAROL)) {
            Question question = new Question(watcher, NOON, null, (group, member) -> false);
            assertThat(Permissions.of(document.applying(question)).handling())
                    .isEqualTo(decide(watcher).handling());
        }
        at(7, edit -> edit.replaceAll(Split.of(document)));
        assertThat(rules.document()).isEqualTo(document);
        assertThat(rules.singles()).containsOnlyKeys(BOB);
        at(8, edit -> edit.forget(BOB));
        assertThat(decide(BOB).reason()).isEqualTo("default");
    }

    @Test
    void a_rule_about_one_watcher_that_others_are_about_too_is_a_general_one() {
        at(5, edit -> edit.replaceAll(split(SHOW, rule("bob", new One("sip:bob@example.com"), Handling.BLOCK))));
        assertThat(rules.singles()).isEmpty();
        assertThat(decide(BOB).handling()).isEqualTo(Handling.ALLOW);
        Rule others = rule(
                "others", new Many(null, List.of(new Except("pres:bob@example.com", null)), List.of()), Handling.ALLOW);
        at(6, edit -> edit.replaceAll(split(others, rule("bob", new One("sip:bob@example.com"), Handling.BLOCK))));
        assertThat(decide(BOB).reason()).isEqualTo("decision");
    }

    @Test
    void of_more_than_anybody_needs_nobody_keeps_a_list() {
        at(5, edit -> edit.replaceAll(split(HIDE)));
        List<Who> names = IntStream.rangeClosed(0, PolicyLimits.RULES)
                .<Who>mapToObj(i -> new One("pres:watcher" + i + "@example.com"))
                .toList();
        Rule many = new Rule("many", List.of(new Identity(names)), Handling.ALLOW, Provision.NOTHING);
        at(9, edit -> edit.replaceAll(split(HIDE, many)));
        at(12, edit -> edit.replaceAll(split(HIDE)));

        assertThat(rules.singles()).isEmpty();
        assertThat(decide(Address.parse("watcher7@example.com").orElseThrow()).mark().version()).isEqualTo(12);
    }
}
