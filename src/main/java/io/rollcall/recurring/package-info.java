/** What has to be done again and again, and what waits to be done: one failure stops neither. */
@NullMarked
package io.rollcall.recurring;

import org.jspecify.annotations.NullMarked;
