package io.rollcall.policy;

import io.rollcall.document.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Whoever belongs to a group of the directory, but for the exceptions. This server's own; RFC 4745 §13 leaves room for
 * it. A group that does not exist includes nobody.
 */
public record Group(String name, List<Except> exceptions) implements Who {

    public Group {
        exceptions = Exceptions.of(exceptions);
    }

    @Override
    public boolean includes(Question question) {
        Address watcher = question.watcher();
        return watcher != null && mayInclude(watcher) && question.groups().test(name, watcher);
    }

    @Override
    public boolean mayInclude(Address watcher) {
        return !Exceptions.of(exceptions).excludes(watcher);
    }

    @Override
    public Who without(List<Address> watchers) {
        List<Except> more = new ArrayList<>(exceptions);
        watchers.forEach(watcher -> more.add(Except.of(watcher)));
        return new Group(name, more);
    }
}
