package io.rollcall.authorization;

import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Change;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A change of an account's rules. It is a change like any other: it raises the account's version and is announced.
 *
 * @param before the rules that it was made from; it is refused if they are no longer current
 * @param after what makes the next ones of the account at a time; null if nothing changes
 */
record RulesChange(String address, Rules before, BiFunction<AccountPresence, Instant, @Nullable Rules> after)
        implements Change<Rules> {

    @Override
    public Outcome<Rules> decide(AccountPresence now, Instant time) {
        if (now.account().rulesRevision() != before.revision()) {
            throw new Problem(Kind.CONDITION_FAILED, "The rules were changed at the same time; get them and try again");
        }
        Rules next = after.apply(now, time);
        return next == null
                ? new Outcome<>(now, before)
                : new Outcome<>(now.rulesChanged(), next, session -> RulesTables.store(session, address, before, next));
    }
}
