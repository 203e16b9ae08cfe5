package io.rollcall.policy;

import java.util.List;

/**
 * What rules permit together, each permission by itself: the highest handling, the union of what is provided (RFC 4745
 * §10.2). There is no permission that takes another one away.
 */
public record Permissions(Handling handling, Provision provision) {

    /** What the rules that apply permit together; without any, nothing. */
    public static Permissions of(List<Rule> applying) {
        Handling handling = Handling.BLOCK;
        Provision provision = Provision.NOTHING;
        for (Rule rule : applying) {
            handling = rule.handling().compareTo(handling) > 0 ? rule.handling() : handling;
            provision = provision.or(rule.provision());
        }
        return new Permissions(handling, provision);
    }
}
