/** What the container tells of itself: that it is about to stop. */
@NullMarked
package io.rollcall.server;

import org.jspecify.annotations.NullMarked;
