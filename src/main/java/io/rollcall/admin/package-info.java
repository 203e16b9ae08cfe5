/**
 * The administrators' console, {@code /admin}: pages made with Jakarta Faces and PrimeFaces, for role {@code admin} alone.
 * A page asks and shows; what it does it has done by the rooms below, as everybody else, and the audit log keeps it.
 */
@NullMarked
package io.rollcall.admin;

import org.jspecify.annotations.NullMarked;
