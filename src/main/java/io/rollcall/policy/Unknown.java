package io.rollcall.policy;

import io.rollcall.document.Address;
import io.rollcall.document.XmlTree;
import java.util.List;

/**
 * An element that this server does not know. As a condition, or part of one, it is false (RFC 4745 §7): a rule must not
 * apply to more than its author meant. As an action or transformation it permits nothing. It is kept, and handed back.
 */
public record Unknown(XmlTree element) implements Condition, Who {

    @Override
    public boolean holds(Question question) {
        return false;
    }

    @Override
    public boolean includes(Question question) {
        return false;
    }

    @Override
    public boolean mayInclude(Address watcher) {
        return false;
    }

    @Override
    public Who without(List<Address> watchers) {
        return this;
    }
}
