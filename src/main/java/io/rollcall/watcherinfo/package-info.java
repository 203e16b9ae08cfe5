/**
 * Watcher information (RFC 3857, RFC 3858): who watches an account and who waits for its decision, told to its owner; to
 * anybody else no more than where its own subscription stands.
 */
@NullMarked
package io.rollcall.watcherinfo;

import org.jspecify.annotations.NullMarked;
