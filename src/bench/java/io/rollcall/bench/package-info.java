/** The benchmark: starts the server in each set-up, puts load on it and says what it did, beside the bare container. */
package io.rollcall.bench;
