/**
 * The way to services outside: a signed HTTP request to a webhook, at addresses that the operator allows, and the topic
 * {@code rollcall.notifications}. What is sent to whom, and when again, is none of its business.
 */
@NullMarked
package io.rollcall.delivery;

import org.jspecify.annotations.NullMarked;
