package io.rollcall.authorization;

import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import java.util.List;

/**
 * What a watcher may see of an account, and why.
 *
 * @param provision what it is shown where the handling is {@link Handling#ALLOW}
 * @param reason what made it: {@code owner}, {@code admin}, {@code decision}: a rule about this watcher alone,
 *     {@code rules}, {@code default}, {@code invisible}: the owner appears offline to this watcher
 * @param rules the ids of the owner's rules that made it
 * @param mark what it goes on seeing where the handling is {@link Handling#POLITE_BLOCK}
 */
public record Decision(Handling handling, Provision provision, String reason, List<String> rules, Mark mark) {
    static final Decision OWNER = of(Handling.ALLOW, "owner");
    static final Decision ADMIN = of(Handling.ALLOW, "admin");

    /** One that no rule of the owner made. */
    static Decision of(Handling handling, String reason) {
        return new Decision(
                handling,
                handling == Handling.ALLOW ? Provision.EVERYTHING : Provision.NOTHING,
                reason,
                List.of(),
                Mark.NONE);
    }

    static Decision invisible(Mark mark) {
        return new Decision(Handling.POLITE_BLOCK, Provision.NOTHING, "invisible", List.of(), mark);
    }

    Decision with(Mark otherMark) {
        return new Decision(handling, provision, reason, rules, otherMark);
    }
}
