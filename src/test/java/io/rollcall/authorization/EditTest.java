package io.rollcall.authorization;

import static io.rollcall.presentity.Examples.later;
import static io.rollcall.presentity.Examples.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.document.Address;
import io.rollcall.policy.Except;
import io.rollcall.policy.Group;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Identity;
import io.rollcall.policy.Many;
import io.rollcall.policy.One;
import io.rollcall.policy.Permissions;
import io.rollcall.policy.PolicyLimits;
import io.rollcall.policy.Provision;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import io.rollcall.policy.Validity;
import io.rollcall.policy.Who;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Examples;
import io.rollcall.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What politely blocked watchers go on seeing while the rules change. */
class EditTest {
    private static final Address BOB = Address.parse("bob@example.com").orElseThrow();
    private static final Address CAROL = Address.parse("carol@example.com").orElseThrow();
    private static final Rule HIDE = rule("hide", Many.ALL, Handling.POLITE_BLOCK);
    private static final Rule WAIT = rule("wait", Many.ALL, Handling.CONFIRM);
    private static final Rule SHOW = rule("show", new Many("example.com", List.of(), List.of()), Handling.ALLOW);
    private static final Decision OTHERWISE = Decision.of(Handling.CONFIRM, "default");

    private AccountPresence alice = AccountPresence.untouched(Examples.ALICE);
    private Rules rules = Rules.none(0);
    private Set<Address> sales = Set.of();

    private static Rule rule(String id, Who who, Handling handling) {
        return new Rule(id, List.of(new Identity(List.of(who))), handling, Provision.EVERYTHING);
    }

    private Moment at(int second) {
        return new Moment(alice, later(second), (group, member) -> sales.contains(member), watcher -> OTHERWISE);
    }

    private void edit(int second, UnaryOperator<Edit> edit) {
        rules = edit.apply(new Edit(rules, at(second))).rules(rules.revision() + 1);
        alice = alice.rulesChanged();
    }

    private void login(int second) {
        alice = alice.login("t" + second, says("online"), later(second), later(9_999));
    }

    private void logout(int second) {
        alice = alice.leave(alice.presentities().get(0), later(second));
    }

    private static UnaryOperator<Edit> put(Rule... each) {
        return edit -> edit.replaceAll(Split.of(new Ruleset(List.of(each))));
    }

    private static UnaryOperator<Edit> decide(Address watcher, Handling handling) {
        return edit -> edit.decide(watcher, Single.rule(watcher, handling, Provision.EVERYTHING));
    }

    private Decision decide(Address watcher) {
        return rules.decide(at(0).question(watcher), OTHERWISE);
    }

    private Mark seen(int second) {
        return new Mark(alice.version(), later(second).toEpochMilli());
    }

    @Test
    void whoever_saw_it_sees_it_as_gone_when_that_ended() {
        edit(1, put(HIDE, SHOW));
        login(2);
        edit(3, put(HIDE));
        Mark gone = seen(3);
        logout(4);
        login(5);
        edit(6, put(HIDE, rule("other", new One("sip:x@y.z"), Handling.ALLOW)));
        edit(7, put(WAIT));
        edit(8, put(HIDE));

        assertThat(decide(BOB).mark()).isEqualTo(gone);
    }

    @Test
    void whoever_never_saw_it_learns_nothing_of_what_is_true_when_it_is_decided_on() {
        login(1);
        logout(2);
        edit(3, decide(CAROL, Handling.CONFIRM));
        login(4);
        long login = alice.version();
        edit(5, decide(BOB, Handling.POLITE_BLOCK));
        edit(6, put(HIDE, rule("bob", new One("sip:bob@example.com"), Handling.POLITE_BLOCK)));

        assertThat(decide(BOB).mark()).isEqualTo(new Mark(login, later(2).toEpochMilli()));
        assertThat(decide(CAROL).mark()).isEqualTo(new Mark(login, later(2).toEpochMilli()));
    }

    @Test
    void an_account_that_was_never_offline_looks_as_if_only_its_rules_had_been_made() {
        login(1);
        edit(2, decide(BOB, Handling.POLITE_BLOCK));

        assertThat(decide(BOB).mark()).isEqualTo(new Mark(1, null));
    }

    @Test
    void a_decision_keeps_what_was_seen_before_through_all_others() {
        edit(1, put(SHOW));
        login(2);
        edit(3, decide(BOB, Handling.CONFIRM));
        Mark gone = seen(3);
        logout(4);
        login(5);
        edit(6, decide(BOB, Handling.POLITE_BLOCK));
        assertThat(decide(BOB).mark()).isEqualTo(gone);
        edit(7, put(HIDE, rule("bob", new One("sip:bob@example.com"), Handling.BLOCK)));
        assertThat(decide(BOB).reason()).isEqualTo("rules");
        assertThat(decide(BOB).mark()).isEqualTo(gone);
        edit(8, put(SHOW, HIDE));
        edit(9, decide(BOB, Handling.POLITE_BLOCK));
        assertThat(decide(BOB).mark()).isEqualTo(seen(9));
    }

    @Test
    void a_decision_taken_back_never_shows_what_the_rules_would_have_shown_meanwhile() {
        edit(1, put(HIDE, SHOW));
        login(2);
        edit(3, decide(BOB, Handling.POLITE_BLOCK));
        Mark gone = seen(3);
        edit(4, put(HIDE, rule("bob", new One("sip:bob@example.com"), Handling.POLITE_BLOCK)));
        edit(5, edit -> edit.forget(BOB));

        assertThat(decide(BOB).mark()).isEqualTo(gone);
    }

    @Test
    void one_who_was_not_shown_when_it_was_last_seen_is_not_shown_it_now() {
        Rule some = new Rule("some", SHOW.conditions(), Handling.ALLOW, Provision.NOTHING);
        edit(1, put(HIDE, some));
        login(2);
        edit(3, put(HIDE));

        assertThat(decide(BOB).mark()).isEqualTo(new Mark(alice.version(), null));
    }

    @Test
    void the_end_of_an_allowing_validity_is_the_end_for_those_it_was_about_alone() {
        Rule untilFive = new Rule(
                "until",
                List.of(
                        new Identity(List.of(new One("pres:bob@example.com"), new One("pres:x@y.z"))),
                        new Validity(List.of(new Validity.Period(later(0), later(5))))),
                Handling.ALLOW,
                Provision.EVERYTHING);
        edit(1, put(HIDE, untilFive));
        Mark never = decide(CAROL).mark();
        login(2);
        assertThat(rules.isSettled(at(4).question(BOB))).isTrue();
        assertThat(rules.isSettled(at(5).question(BOB))).isFalse();
        long edited = rules.edited();
        edit(5, Edit::settle);

        assertThat(rules.isSettled(at(6).question(BOB))).isTrue();
        assertThat(rules.decide(at(6).question(BOB), OTHERWISE).mark()).isEqualTo(seen(5));
        assertThat(rules.decide(at(6).question(CAROL), OTHERWISE).mark()).isEqualTo(never);
        assertThat(rules.edited()).isEqualTo(edited);
        assertThatThrownBy(() -> edit(7, Edit::settle)).isInstanceOf(Problem.class);
    }

    @Test
    void whoever_leaves_a_group_saw_it_until_then_and_others_see_nothing_of_it() {
        sales = Set.of(BOB);
        edit(1, put(HIDE, rule("sales", new Group("sales", List.of()), Handling.ALLOW)));
        Mark never = decide(CAROL).mark();
        login(2);
        sales = Set.of();
        edit(3, edit -> edit.settle(Set.of(BOB, CAROL), (group, member) -> member.equals(BOB)));

        assertThat(decide(BOB).mark()).isEqualTo(seen(3));
        assertThat(decide(CAROL).mark()).isEqualTo(never);
        assertThat(new Edit(rules, at(4)).settle(Set.of(CAROL), (group, member) -> false).changesAnything()).isFalse();
    }

    @Test
    void what_changes_nothing_is_no_change() {
        edit(1, decide(BOB, Handling.BLOCK));

        assertThat(new Edit(rules, at(2)).forget(CAROL).changesAnything()).isFalse();
        assertThat(decide(BOB, Handling.BLOCK).apply(new Edit(rules, at(2))).changesAnything()).isFalse();
        assertThat(decide(BOB, Handling.ALLOW).apply(new Edit(rules, at(2))).changesAnything()).isTrue();
    }

    @Test
    void rules_that_come_again_are_remembered_once() {
        for (int second = 1; second < 200; second += 2) {
            edit(second, put(HIDE, SHOW));
            edit(second + 1, put(HIDE));
        }

        assertThat(rules.history().pasts()).hasSize(3);
        assertThat(History.parse(rules.history().text())).isEqualTo(rules.history());
    }

    @Test
    void of_rules_that_differ_all_the_time_the_oldest_are_forgotten_and_nobody_sees_an_older_account() {
        edit(1, put(HIDE, SHOW));
        login(2);
        edit(3, put(HIDE));
        Mark gone = seen(3);
        for (int i = 0; i < 100; i++) {
            edit(4 + i, put(HIDE, rule("other", new One("sip:x" + i + "@y.z"), Handling.POLITE_BLOCK)));
        }

        assertThat(rules.history().pasts()).hasSizeLessThan(50);
        assertThat(decide(BOB).mark().version()).isGreaterThanOrEqualTo(gone.version());
    }

    @Test
    void the_document_says_by_the_rfc_alone_what_holds() {
        edit(1, edit -> edit.replace(new Ruleset(List.of(HIDE, SHOW))));
        edit(2, decide(BOB, Handling.BLOCK));
        Ruleset document = rules.document();
        for (Address watcher : List.of(BOB, CAROL)) {
            assertThat(Permissions.of(document.applying(at(3).question(watcher))).handling())
                    .isEqualTo(decide(watcher).handling());
        }
        edit(3, edit -> edit.replaceAll(Split.of(document)));
        assertThat(rules.document()).isEqualTo(document);
        assertThat(rules.singles()).containsOnlyKeys(BOB);
        edit(4, edit -> edit.forget(BOB));
        assertThat(decide(BOB).reason()).isEqualTo("default");
    }

    @Test
    void a_rule_about_one_watcher_that_others_are_about_too_is_a_general_one() {
        edit(1, put(SHOW, rule("bob", new One("sip:bob@example.com"), Handling.BLOCK)));
        assertThat(rules.singles()).isEmpty();
        assertThat(decide(BOB).handling()).isEqualTo(Handling.ALLOW);
        Rule others = rule(
                "others", new Many(null, List.of(new Except("pres:bob@example.com", null)), List.of()), Handling.ALLOW);
        edit(2, put(others, rule("bob", new One("sip:bob@example.com"), Handling.BLOCK)));
        assertThat(decide(BOB).reason()).isEqualTo("decision");
    }

    @Test
    void of_more_decisions_taken_back_than_anybody_needs_the_oldest_are_forgotten() {
        edit(1, put(HIDE));
        IntStream.rangeClosed(0, PolicyLimits.RULES).forEach(i -> {
            Address watcher = Address.parse("watcher" + i + "@example.com").orElseThrow();
            edit(2, decide(watcher, Handling.ALLOW));
            edit(3, edit -> edit.forget(watcher));
        });

        assertThat(rules.singles()).hasSize(PolicyLimits.RULES);
        assertThat(decide(Address.parse("watcher0@example.com").orElseThrow()).mark().version())
                .isGreaterThan(2);
    }
}
