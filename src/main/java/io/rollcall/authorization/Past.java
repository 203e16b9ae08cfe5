package io.rollcall.authorization;

import io.rollcall.policy.Handling;
import io.rollcall.policy.Permissions;
import io.rollcall.policy.Provision;
import io.rollcall.policy.Question;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import io.rollcall.policy.RulesetJson;
import io.rollcall.policy.RulesetJsonReader;
import io.rollcall.policy.Selection;
import io.rollcall.policy.UserInput;
import io.rollcall.presentity.Preferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an account's general rules were for a time: who could see the account then, and what they would have seen had it
 * gone offline when they no longer could. The same rules may have held several times; then it is the last of these that
 * counts for what was seen, and the first for what was shown as offline.
 *
 * @param open the rules that time and sphere had opened, as far as that matters here: whom they are about, whether they
 *     allowed, and whether they provided when the account was last seen
 * @param from the account's version that brought them
 * @param first the account as one sees it who never saw it truly, when these rules came
 * @param last the account as one sees it who saw it until these rules went
 * @param hidden to whom the account's owner appeared offline by its own word when these rules went
 */
record Past(Ruleset open, long from, Mark first, Mark last, List<Preferred.Hidden> hidden) {
    private static final Provision SERVICES = new Provision(
            Selection.ALL, Selection.NONE, Selection.NONE, Set.of(), UserInput.FALSE, Set.of(), false);

    Past {
        hidden = List.copyOf(hidden);
    }

    /** As much of general rules as a past needs to know. */
    static Ruleset reduced(Ruleset general, Question question) {
        return general.open(question, provision -> provision.services().all() ? SERVICES : Provision.NOTHING);
    }

    private Decision decision(Question question, Decision otherwise) {
        List<Rule> applying = open.applying(question);
        if (applying.isEmpty()) {
            return otherwise;
        }
        Permissions permissions = Permissions.of(applying);
        return new Decision(permissions.handling(), permissions.provision(), "rules", List.of(), Mark.NONE, 0);
    }

    /** Whether the watcher was shown the account, be it as offline. */
    boolean showed(Question question, Decision otherwise) {
        return decision(question, otherwise).handling().compareTo(Handling.POLITE_BLOCK) >= 0;
    }

    /**
     * What the watcher sees who could see the account then; null if it could not.
     *
     * @param since the account's version from which on these rules were those that decided on it
     */
    @Nullable Mark seen(Question question, Decision otherwise, long since) {
        Decision decision = decision(question, otherwise);
        if (decision.handling() != Handling.ALLOW) {
            return null;
        }
        Preferred.Hidden by = Preferred.first(hidden, String.valueOf(question.watcher()));
        if (by == null) {
            return last.shownBy(decision.provision());
        }
        // hidden from before these rules came, it saw nothing while they held
        return by.version() < Math.max(from, since) ? null : Mark.of(by).shownBy(decision.provision());
    }

    /** Whether this one, which came later, leaves nothing of that one to be remembered but when it first came. */
    boolean replaces(Past earlier) {
        return open.equals(earlier.open) && hidden.stream().allMatch(some -> some.version() >= from);
    }

    Past withFirst(Mark earlier) {
        return new Past(open, from, first.orEarlier(earlier), last, hidden);
    }

    int parts() {
        return open.rules().size() + open.parts() + hidden.size();
    }

    /** Lines that {@link #parse} reads. */
    void append(StringBuilder text) {
        text.append("past ").append(from).append(' ').append(first).append(' ').append(last).append('\n');
        hidden.forEach(some -> text.append("hidden ")
                .append(Mark.of(some))
                .append(' ')
                .append(some.from())
                .append('\n'));
        text.append("rules ").append(RulesetJson.write(open, null)).append('\n');
    }

    /** Reads one, whose lines end with the one given last. */
    static Past parse(List<String> lines) {
        String[] head = lines.get(0).split(" ");
        List<Preferred.Hidden> hidden = new ArrayList<>();
        for (String line : lines.subList(1, lines.size() - 1)) {
            String[] parts = line.split(" ");
            Mark mark = Mark.parse(parts[1], parts[2]);
            hidden.add(new Preferred.Hidden(parts[3], mark.version(), mark.lastSeen()));
        }
        String rules = lines.get(lines.size() - 1);
        return new Past(
                RulesetJsonReader.readStored(rules.substring(rules.indexOf(' ') + 1)),
                Long.parseLong(head[1]),
                Mark.parse(head[2], head[3]),
                Mark.parse(head[4], head[5]),
                hidden);
    }
}
