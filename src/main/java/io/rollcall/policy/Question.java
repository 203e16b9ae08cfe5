package io.rollcall.policy;

import io.rollcall.document.Address;
import java.time.Instant;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What conditions look at (RFC 4745 §7).
 *
 * @param watcher who wants to see the account, as it authenticated; null for one who did not
 * @param time now, by the database's clock
 * @param sphere the account's (RFC 5025 §3.1.2); null where it is not defined
 * @param groups whether a group of the directory includes somebody
 */
public record Question(
        @Nullable Address watcher, Instant time, @Nullable String sphere, BiPredicate<String, Address> groups) {}
