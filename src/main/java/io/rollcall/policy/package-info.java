/**
 * What an owner's rules say (RFC 4745, RFC 5025): their conditions, what they permit, how they are combined, and what is
 * left of a document by them. Pure functions; who asks, and what is stored, is {@code authorization}'s business.
 */
@NullMarked
package io.rollcall.policy;

import org.jspecify.annotations.NullMarked;
