/**
 * Composition (RFC 3856 §6.11, RFC 4479 §3.5): from an account's presentities to one document. Pure functions; whoever
 * shows presence, on whatever path, shows what is composed here.
 */
@NullMarked
package io.rollcall.composition;

import org.jspecify.annotations.NullMarked;
