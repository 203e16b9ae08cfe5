/** Takes publications (RFC 3903): login, modify, refresh, logout, and the end of those that are not refreshed. */
@NullMarked
package io.rollcall.publication;

import org.jspecify.annotations.NullMarked;
