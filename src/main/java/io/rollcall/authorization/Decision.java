package io.rollcall.authorization;

import io.rollcall.policy.Handling;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher may see of an account.
 *
 * @param reason what made it: {@code owner}, {@code admin}, {@code decision}, {@code default},
 *     {@code invisible}: the owner appears offline to this watcher
 * @param version the account's version at a decision: what a politely blocked watcher goes on seeing; 0 without one
 * @param lastSeen when the account would have gone offline, had it gone at the decision; milliseconds since 1970
 */
public record Decision(Handling handling, String reason, long version, @Nullable Long lastSeen) {

    Decision(Handling handling, String reason) {
        this(handling, reason, 0, null);
    }
}
