/** What this application asks of its container beyond Jakarta EE: to say when it stops, to connect listeners anew, to
 * write without waiting. */
@NullMarked
package io.rollcall.server;

import org.jspecify.annotations.NullMarked;
