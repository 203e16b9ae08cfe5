package io.rollcall.policy;

import io.rollcall.document.Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any authenticated identity, or any of a domain, but for the exceptions (RFC 4745 §7.1.3). Exceptions of a kind that is
 * not known here might mean anybody: then it includes nobody.
 *
 * @param domain as it was written, or null for all
 */
public record Many(@Nullable String domain, List<Except> exceptions, List<Unknown> unknown) implements Who {
    public static final Many ALL = new Many(null, List.of(), List.of());

    public Many {
        exceptions = Exceptions.of(exceptions);
        unknown = List.copyOf(unknown);
    }

    @Override
    public boolean includes(Question question) {
        return question.watcher() != null && mayInclude(question.watcher());
    }

    @Override
    public boolean mayInclude(Address watcher) {
        return unknown.isEmpty()
                && (domain == null || Domains.equal(domain, watcher.domain()))
                && !Exceptions.of(exceptions).excludes(watcher);
    }

    @Override
    public Who without(List<Address> watchers) {
        List<Except> more = new ArrayList<>(exceptions);
        watchers.forEach(watcher -> more.add(Except.of(watcher)));
        return new Many(domain, more, unknown);
    }
}
