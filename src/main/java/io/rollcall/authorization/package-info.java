/**
 * Who may see what (RFC 4745, RFC 5025): the owner's decisions, and the one function that every path of presence to a
 * watcher goes through, {@link Authorizations#decide}.
 */
@NullMarked
package io.rollcall.authorization;

import org.jspecify.annotations.NullMarked;
