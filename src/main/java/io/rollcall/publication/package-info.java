/**
 * Takes publications (RFC 3903), over HTTP and from a queue: login, modify, refresh, logout, the end of those that are not
 * refreshed; and the owner's own word over all of them.
 */
@NullMarked
package io.rollcall.publication;

import org.jspecify.annotations.NullMarked;
