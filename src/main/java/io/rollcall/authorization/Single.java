package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Identity;
import io.rollcall.policy.One;
import io.rollcall.policy.Provision;
import io.rollcall.policy.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The owner's decision on one watcher: a rule about it alone, which all others leave out.
 *
 * @param rule null once it was taken back
 * @param mark what the watcher goes on seeing by what it was shown before; {@link Mark#NONE} if it was shown nothing
 * @param since the account's version that it was decided, or taken back, at: all before it is in the mark
 */
record Single(@Nullable Rule rule, Mark mark, long since) {

    static Rule rule(Address watcher, Handling handling, Provision provision) {
        return new Rule(
                id(watcher), List.of(new Identity(List.of(new One(watcher.uri())))), handling, provision);
    }

    /** An NCName; what may not stand in one becomes {@code _} and hex. */
    private static String id(Address watcher) {
        StringBuilder id = new StringBuilder("decision-");
        for (byte b : watcher.toString().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
            id.append(plain ? String.valueOf(c) : String.format("_%02x", (int) c));
        }
        return id.length() > 255 ? "decision-" + Integer.toHexString(id.toString().hashCode()) : id.toString();
    }

    Decision decision(Rule decided) {
        return new Decision(
                decided.handling(), decided.provision(), "decision", List.of(decided.id()), mark, since);
    }
}
