/**
 * A second application on a Jakarta EE server, to copy from: a message-driven bean that hears of presence, and a servlet
 * that publishes. It is packaged as {@code rollcall-sample.war}.
 */
package io.rollcall.samples.ee;
