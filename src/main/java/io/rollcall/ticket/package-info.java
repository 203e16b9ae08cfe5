/**
 * Tickets for those who can set no headers, browsers' {@code EventSource} and {@code WebSocket} on pages of other sites: each
 * opens one stream or socket, within seconds, as whoever asked for it.
 */
@NullMarked
package io.rollcall.ticket;

import org.jspecify.annotations.NullMarked;
