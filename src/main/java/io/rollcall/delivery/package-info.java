/**
 * The lists whose events go to services outside, over the topic {@code rollcall.notifications} or to a webhook: which node
 * delivers which, what waits for a service that does not take it, and how far each has been told (RFC 6665, RFC 3856 §6.7).
 */
@NullMarked
package io.rollcall.delivery;

import org.jspecify.annotations.NullMarked;

