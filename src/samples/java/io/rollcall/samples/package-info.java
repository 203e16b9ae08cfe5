/** Other services, to try things with and to copy from: a publisher and a consumer in Java SE. They talk to an Artemis. */
package io.rollcall.samples;
