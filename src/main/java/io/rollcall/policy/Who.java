package io.rollcall.policy;

import io.rollcall.document.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of an identity condition (RFC 4745 §7.1). */
public sealed interface Who permits One, Many, Group, Unknown {

    boolean includes(Question question);

    /** Whether it may ever include that watcher, whatever else changes. */
    boolean mayInclude(Address watcher);

    /** The same without those watchers, each of whom it may include; null if nobody is left. */
    @Nullable Who without(List<Address> watchers);
}
