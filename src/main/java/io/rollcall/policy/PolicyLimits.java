package io.rollcall.policy;

import io.rollcall.document.DocumentLimits;
import io.rollcall.document.InvalidDocument;

/** How large an account's rules may be. */
public final class PolicyLimits {
    /** Of a document with rules. */
    public static final int BYTES = 512 * 1024;

    /** Of an account, each decision on one watcher being one. */
    public static final int RULES = 1_000;

    /** Of all conditions: identities, exceptions, periods. */
    public static final int PARTS = 10_000;

    static final DocumentLimits DOCUMENT =
            new DocumentLimits(BYTES, 24, 50_000, 32, 2_048, 0, 0, 0);

    private PolicyLimits() {}

    /** @throws InvalidDocument if there are more rules, or parts of conditions, than an account may have */
    static Ruleset checked(Ruleset ruleset) {
        if (ruleset.rules().size() > RULES) {
            throw new InvalidDocument("An account may have at most " + RULES + " rules; these are "
                    + ruleset.rules().size());
        }
        int parts = parts(ruleset);
        if (parts > PARTS) {
            throw new InvalidDocument("The conditions of an account's rules may have at most " + PARTS
                    + " parts in all; these have " + parts);
        }
        return ruleset;
    }

    static int parts(Ruleset ruleset) {
        int parts = 0;
        for (Rule rule : ruleset.rules()) {
            for (Condition condition : rule.conditions()) {
                parts += parts(condition);
            }
        }
        return parts;
    }

    private static int parts(Condition condition) {
        if (condition instanceof Validity validity) {
            return validity.periods().size();
        }
        int parts = 1;
        if (condition instanceof Identity identity) {
            for (Who who : identity.anyOf()) {
                parts += 1 + (who instanceof Many many ? many.exceptions().size() : 0);
                parts += who instanceof Group group ? group.exceptions().size() : 0;
            }
        }
        return parts;
    }
}
