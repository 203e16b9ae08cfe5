/**
 * The way to webhooks: a signed HTTP request, to addresses that the operator allows. What is sent to whom, and when again,
 * is none of its business.
 */
@NullMarked
package io.rollcall.webhook;

import org.jspecify.annotations.NullMarked;

