/**
 * The model (RFC 2778): accounts, their presentities, and the one way in which they change: {@link Changes} groups what
 * arrives together, stores each group in one transaction and announces it.
 */
@NullMarked
package io.rollcall.presentity;

import org.jspecify.annotations.NullMarked;
