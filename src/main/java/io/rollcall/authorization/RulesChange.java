package io.rollcall.authorization;

import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Change;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A change of an account's rules. It is a change like any other: it raises the account's version and is announced.
 *
 * @param before the rules that it was made from; it is refused if they are no longer current
 */
record RulesChange(String address, Rules before, UnaryOperator<Edit> edit) implements Change<Rules> {

    @Override
    public Outcome<Rules> decide(AccountPresence now, Instant time) {
        if (now.account().rulesRevision() != before.revision()) {
            throw new Problem(Kind.CONDITION_FAILED, "The rules were changed at the same time; get them and try again");
        }
        AccountPresence next = now.rulesChanged();
        Edit changed = edit.apply(new Edit(before, Mark.next(now, time), time, Spheres.of(now)));
        Rules after = changed.rules(next.account().rulesRevision());
        return new Outcome<>(next, after, session -> RulesTables.store(session, address, before, after));
    }
}
