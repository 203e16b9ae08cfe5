package io.rollcall.policy;

import io.rollcall.document.Address;
import org.jspecify.annotations.Nullable;

/**
 * An exception: one identity, or all of a domain (RFC 4745 §7.1.3). Several are ORed, and so is one that says both.
 *
 * @param id a URI, as it was written
 * @param domain as it was written
 */
public record Except(@Nullable String id, @Nullable String domain) {

    static Except of(Address watcher) {
        return new Except(watcher.uri(), null);
    }
}
