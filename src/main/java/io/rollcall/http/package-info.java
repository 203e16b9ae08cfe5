/** What all resources share at the HTTP edge (RFC 9110): who calls, what was sent, how problems are told (RFC 9457). */
@NullMarked
package io.rollcall.http;

import org.jspecify.annotations.NullMarked;
