package io.rollcall.authorization;

import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.presentity.Preferred;
import java.util.List;

/**
 * What a watcher may see of an account, and why.
 *
 * @param provision what it is shown where the handling is {@link Handling#ALLOW}
 * @param reason what made it: {@code owner}, {@code admin}, {@code decision}: a rule about this watcher alone,
 *     {@code rules}, {@code default}, {@code invisible}: the owner appears offline to this watcher
 * @param rules the ids of the owner's rules that made it
 * @param mark what it goes on seeing where the handling is {@link Handling#POLITE_BLOCK}; where it is another one, what
 *     it would if what it was shown before these rules were all
 * @param since the account's version that brought the rules which made it
 */
public record Decision(
        Handling handling, Provision provision, String reason, List<String> rules, Mark mark, long since) {
    static final Decision OWNER = of(Handling.ALLOW, "owner");
    static final Decision ADMIN = of(Handling.ALLOW, "admin");

    /** One that no rule of the owner made. */
    static Decision of(Handling handling, String reason) {
        return new Decision(
                handling,
                handling == Handling.ALLOW ? Provision.EVERYTHING : Provision.NOTHING,
                reason,
                List.of(),
                Mark.UNTOUCHED,
                0);
    }

    Decision with(Mark otherMark, long otherSince) {
        return new Decision(handling, provision, reason, rules, otherMark, otherSince);
    }

    /** What is left of one that allows, to whom the owner appears offline by its own word. */
    Decision hidden(Preferred.Hidden hidden) {
        // one that was hidden from before it was allowed has seen nothing since, and must not see that there was anything
        Mark seen = hidden.version() < since ? mark : Mark.of(hidden).shownBy(provision);
        return new Decision(Handling.POLITE_BLOCK, Provision.NOTHING, "invisible", List.of(), seen, since);
    }

    /** The same once it is forgotten what was last seen before that time, in milliseconds since 1970. */
    Decision forgetting(long millis) {
        Mark left = mark.forgetting(millis);
        return left == mark ? this : with(left, since);
    }
}
