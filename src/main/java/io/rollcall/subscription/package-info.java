/**
 * Watchers' wishes (RFC 6665, RFC 3857 §4.7.1): which accounts each watcher wants to see, in what state each wish is, and
 * what is stored of it, so that all nodes know and a request outlives the connection; and the lists of wishes that their
 * owners keep on the server.
 */
@NullMarked
package io.rollcall.subscription;

import org.jspecify.annotations.NullMarked;
