package io.rollcall.authorization;

import static io.rollcall.presentity.Examples.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.composition.Composition;
import io.rollcall.composition.PersonPolicy;
import io.rollcall.document.Address;
import io.rollcall.document.JsonWriter;
import io.rollcall.document.OwnWord;
import io.rollcall.document.PresenceDocument;
import io.rollcall.policy.Filter;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import io.rollcall.policy.RulesetJsonReader;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever owner, clients, directory and time do: whoever is shown an offline account is shown one that is offline. */
class HidingTest {
    private static final int STEPS = 400;
    private static final List<Address> WATCHERS = List.of(
            address("bob@example.com"),
            address("carol@example.com"),
            address("zoe@partner.example"),
            address("yan@partner.example"),
            address("fay@friend.example"));
    private static final List<String> RULES = List.of(
            "{'id':'hide','handling':'polite-block'}",
            "{'id':'wait','handling':'confirm'}",
            "{'id':'all','handling':'allow','provide':'all'}",
            rule("own", "{'many':{'domain':'example.com','except':[{'id':'pres:carol@example.com'}]}}", "allow", "'all'"),
            rule("partner", "{'many':{'domain':'partner.example'}}", "allow", "{'services':'all'}"),
            rule("less", "{'many':{'domain':'partner.example'}}", "allow", "{'persons':'all'}"),
            rule("partnerHidden", "{'many':{'domain':'partner.example'}}", "polite-block", "{}"),
            rule("two", "{'one':'sip:bob@example.com'},{'one':'sip:zoe@partner.example'}", "allow", "'all'"),
            rule("sales", "{'group':{'name':'sales'}}", "allow", "'all'"),
            "{'id':'timed','handling':'allow','provide':'all','conditions':[{'validity':["
                    + "{'from':'2026-11-22T12:01:00Z','until':'2026-11-22T12:02:00Z'},"
                    + "{'from':'2026-11-22T12:03:00Z','until':'2026-11-22T12:05:00Z'}]}]}");
    private static final List<String> WORDS = List.of(
            "{'invisible':true}",
            "{'invisible':true,'to':['zoe@partner.example']}",
            "{'invisible':true,'to':['partner.example','bob@example.com']}",
            "{'state':'busy'}",
            "{'outOfOffice':true,'note':'Away'}");

    private final Defaults defaults = new Defaults("allow", "confirm", Optional.of(List.of("friend.example=polite-block")));
    private AccountPresence alice = AccountPresence.untouched(Examples.ALICE);
    private Rules rules = Rules.none(0);
    private Set<Address> sales = Set.of();
    private Instant now = Examples.NOON;
    private int logins;
    private String step = "";
    private final Set<@Nullable Long> ends = new HashSet<>();

    private static Address address(String text) {
        return Address.parse(text).orElseThrow();
    }

    private static String rule(String id, String who, String handling, String provide) {
        return "{'id':'" + id + "','handling':'" + handling + "','provide':" + provide
                + ",'conditions':[{'identity':[" + who + "]}]}";
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** What a watcher is shown, and what its model says that it has to be if it is shown an offline account. */
    private static final class Watching {
        Decision decision = Decision.OWNER;
        @Nullable PresenceDocument shown;
        long version = -1;
        @Nullable Mark gone;
    }

    private Moment moment(Instant time) {
        return new Moment(alice, time, (group, member) -> sales.contains(member), this::otherwise);
    }

    private Decision otherwise(Address watcher) {
        return defaults.decide(alice.address(), watcher);
    }

    private Decision decide(Address watcher) {
        Decision byRules = alice.account().rulesRevision() == 0
                ? otherwise(watcher)
                : rules.decide(moment(now).question(watcher), otherwise(watcher));
        return Authorizations.withWord(alice, watcher, byRules);
    }

    private @Nullable PresenceDocument shown(Decision decision) {
        return switch (decision.handling()) {
            case ALLOW -> Filter.apply(Composition.compose(alice, PersonPolicy.LATEST_LOGIN), decision.provision());
            case POLITE_BLOCK -> Composition.offline(
                    alice.address(), decision.mark().version(), decision.mark().lastSeen());
            case CONFIRM, BLOCK -> null;
        };
    }

    private void edit(Instant time, UnaryOperator<Edit> change) {
        Edit edit = change.apply(new Edit(rules, moment(time)));
        if (edit.changesAnything()) {
            rules = edit.rules(rules.revision() + 1);
            // as it comes back from the database
            rules = rules.with(History.parse(rules.history().text()));
            alice = alice.rulesChanged();
        }
    }

    private Ruleset anyRules(Random random) {
        StringBuilder some = new StringBuilder();
        RULES.stream().filter(any -> random.nextInt(4) == 0).forEach(rule -> some.append(some.length() == 0 ? "" : ",").append(rule));
        return RulesetJsonReader.readStored(new String(json("{'rules':[" + some + "]}"), StandardCharsets.UTF_8));
    }

    private void step(Random random) {
        Address watcher = WATCHERS.get(random.nextInt(WATCHERS.size()));
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                step = "login";
                alice = alice.login("t" + ++logins, says("online"), now, now.plusSeconds(9_999));
            }
            case 2 -> {
                step = "modify";
                alice = alice.isLive()
                        ? alice.modify(alice.presentities().get(0), says("busy", "" + random.nextInt()), now, now.plusSeconds(9_999))
                        : alice;
            }
            case 3 -> {
                step = "logout";
                alice = alice.isLive() ? alice.leave(alice.presentities().get(0), now) : alice;
                ends.add(alice.lastSeen());
            }
            case 4 -> {
                String word = WORDS.get(random.nextInt(WORDS.size()));
                step = word;
                alice = alice.prefer(OwnWord.read(json(word), now), now);
            }
            case 5 -> {
                step = "unprefer";
                alice = alice.unprefer();
            }
            case 6 -> {
                Handling handling = Handling.values()[random.nextInt(4)];
                step = handling + " " + watcher;
                edit(now, edit -> edit.decide(watcher, Single.rule(watcher, handling, Provision.EVERYTHING)));
            }
            case 7 -> {
                step = "forget " + watcher;
                edit(now, edit -> edit.forget(watcher));
            }
            case 8 -> {
                Ruleset next = anyRules(random);
                step = "rules " + next.rules().stream().map(Rule::id).toList();
                edit(now, edit -> random.nextBoolean() ? edit.replace(next) : edit.replaceAll(Split.of(next)));
            }
            default -> {
                Set<Address> were = sales;
                sales = new HashSet<>(sales);
                if (!sales.add(watcher)) {
                    sales.remove(watcher);
                }
                step = "sales " + sales;
                follow(Set.of(watcher), were);
            }
        }
    }

    private void follow(Set<Address> moved, Set<Address> were) {
        if (alice.account().rulesRevision() > 0 && rules.asksForGroups()) {
            Edit following = new Edit(rules, moment(now)).settle(moved, (group, member) -> were.contains(member));
            if (following.changesAnything()) {
                edit(now, any -> following);
            }
        }
    }

    @DisplayName("RFC 6665 §6.2 — whoever is blocked politely cannot tell it from an account that is offline")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nobody_can_tell(long seed) {
        Random random = new Random(seed);
        Map<Address, Watching> watching = new HashMap<>();
        ends.add(null);
        for (int i = 0; i < STEPS; i++) {
            now = now.plusMillis(random.nextInt(3_000));
            for (Instant due = due(); !due.isAfter(now); due = due()) {
                AccountPresence before = alice;
                step = "time";
                edit(due, Edit::settle);
                check("seed " + seed + ", before step " + i, watching, before, due);
            }
            AccountPresence before = alice;
            step(random);
            check("seed " + seed + ", step " + i, watching, before, now);
        }
    }

    /** When a rule begins or ceases to hold next. */
    private Instant due() {
        return rules.general().nextBoundary(rules.asOf());
    }

    private void check(String at, Map<Address, Watching> watching, AccountPresence before, Instant time) {
        for (Address watcher : WATCHERS) {
            Watching its = watching.computeIfAbsent(watcher, any -> new Watching());
            check(at + " (" + step + "), " + watcher, its, watcher, before, time);
        }
    }

    private void check(String at, Watching its, Address watcher, AccountPresence before, Instant time) {
        Decision decision = decide(watcher);
        PresenceDocument shown = shown(decision);
        boolean saw = its.shown != null && its.decision.handling() == Handling.ALLOW;
        if (saw && decision.handling() != Handling.ALLOW) {
            Long lastSeen = before.isLive() ? Long.valueOf(time.toEpochMilli()) : before.lastSeen();
            its.gone = new Mark(before.version(), lastSeen).shownBy(its.decision.provision());
        }
        if (shown != null) {
            assertThat(shown.version()).as(at + ": its version never falls").isGreaterThanOrEqualTo(its.version);
            its.version = shown.version();
        }
        if (shown != null && decision.handling() == Handling.POLITE_BLOCK) {
            hidden(at, its, decision, shown);
        }
        its.decision = decision;
        its.shown = shown;
    }

    private void hidden(String at, Watching its, Decision decision, PresenceDocument shown) {
        if (its.decision.handling() == Handling.POLITE_BLOCK && its.shown != null) {
            assertThat(bytes(shown)).as(at + ": nothing moves").isEqualTo(bytes(its.shown));
        } else if (its.decision.handling() == Handling.ALLOW && its.shown != null && !its.shown.looksOffline()) {
            assertThat(shown.version()).as(at + ": going is news").isGreaterThan(its.shown.version());
        }
        if (its.gone != null) {
            assertThat(decision.mark().lastSeen()).as(at + ": gone when it last could be seen").isEqualTo(its.gone.lastSeen());
        } else {
            assertThat(ends).as(at + ": when it really went").contains(decision.mark().lastSeen());
        }
    }

    private static String bytes(PresenceDocument document) {
        return new String(JsonWriter.write(document), StandardCharsets.UTF_8);
    }
}
