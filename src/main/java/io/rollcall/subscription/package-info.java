/** Watchers' wishes (RFC 6665): which accounts each watcher connected to this node wants to see, and in what state. */
@NullMarked
package io.rollcall.subscription;

import org.jspecify.annotations.NullMarked;
