/** The server as clients see it: what the tests named *IT talk through. */
package io.rollcall.client;
