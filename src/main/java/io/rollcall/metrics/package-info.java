/** What operators count: each meter is declared once, here, and served by {@code /metrics}. */
@NullMarked
package io.rollcall.metrics;

import org.jspecify.annotations.NullMarked;
