/**
 * The load generator: a process of its own with one thread that serves all its connections and reads answers byte by
 * byte, so that the server and not the generator is what is measured.
 */
package io.rollcall.bench.load;
