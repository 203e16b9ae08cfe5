/**
 * Who may see what (RFC 4745, RFC 5025): the owners' rules as they are stored, what politely blocked watchers go on
 * seeing, and the one function that every path of presence to a watcher goes through, {@link Authorizations#decide}.
 */
@NullMarked
package io.rollcall.authorization;

import org.jspecify.annotations.NullMarked;
