/** What this application asks of its container beyond Jakarta EE: to say when it stops, to connect listeners anew. */
@NullMarked
package io.rollcall.server;

import org.jspecify.annotations.NullMarked;
