package io.rollcall.publication;

import io.rollcall.presentity.Presentity;

/**
 * What a publisher is told of a success.
 *
 * @param expires the granted expiry in seconds
 */
public record Published(Presentity presentity, long expires) {}
