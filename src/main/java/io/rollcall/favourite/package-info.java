/** Whom an account's owner has chosen to see first, on whatever machine: its favourites, which nobody else is shown. */
@NullMarked
package io.rollcall.favourite;

import org.jspecify.annotations.NullMarked;
