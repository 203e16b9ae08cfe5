package io.rollcall.authorization;

import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Change;
import java.time.Instant;

/**
 * An account whose rules ask for groups follows a change of the directory's. That it did is stored with it, so that of
 * several nodes that notice the change one makes it.
 *
 * @param change what it makes of the rules, if anything
 * @param directory the {@linkplain io.rollcall.directory.Groups#digest digest} of the groups
 */
record DirectoryChange(RulesChange change, String directory) implements Change<Rules> {

    @Override
    public String address() {
        return change.address();
    }

    @Override
    public Outcome<Rules> decide(AccountPresence now, Instant time) {
        Outcome<Rules> outcome = change.decide(now, time);
        Alongside rules = outcome.alongside();
        return new Outcome<>(outcome.next(), outcome.answer(), session -> {
            if (rules != null) {
                rules.store(session);
            }
            RulesTables.follow(session, address(), directory);
        });
    }
}
