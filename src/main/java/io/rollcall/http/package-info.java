/** What all resources share at the HTTP edge: who calls, what was sent, and how problems are answered (RFC 9457). */
@NullMarked
package io.rollcall.http;

import org.jspecify.annotations.NullMarked;
