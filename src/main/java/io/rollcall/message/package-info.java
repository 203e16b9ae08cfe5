/**
 * The messages that other services exchange with Rollcall over JMS. This package is the client jar: it needs a JMS API and
 * the JDK, and knows nothing of the server, which uses it too, so that the contract is written once.
 */
@NullMarked
package io.rollcall.message;

import org.jspecify.annotations.NullMarked;
