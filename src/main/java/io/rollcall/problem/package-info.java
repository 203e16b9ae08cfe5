/** What went wrong, in a form that every edge can answer with (RFC 9457). */
@NullMarked
package io.rollcall.problem;

import org.jspecify.annotations.NullMarked;
