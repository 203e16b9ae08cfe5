package io.rollcall.policy;

import io.rollcall.document.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exactly that authenticated identity (RFC 4745 §7.1.2). The {@code pres:}, {@code sip:} and {@code sips:} URIs of an
 * address all stand for its account; a URI of another scheme stands for nobody here (RFC 5025 §3.1.1.2).
 *
 * @param id a URI, as it was written
 */
public record One(String id) implements Who {

    @Override
    public boolean includes(Question question) {
        return question.watcher() != null && mayInclude(question.watcher());
    }

    @Override
    public boolean mayInclude(Address watcher) {
        // most are somebody else, which shows without reading them
        boolean mayBe = id.contains(watcher.local()) || id.indexOf('%') >= 0;
        return mayBe && Address.parse(id).filter(watcher::equals).isPresent();
    }

    @Override
    public @Nullable Who without(List<Address> watchers) {
        return null;
    }
}
