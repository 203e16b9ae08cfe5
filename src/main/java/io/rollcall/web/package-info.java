/** The pages, signing in, who is signed in, and what describes and watches over the server; no rules of presence. */
@NullMarked
package io.rollcall.web;

import org.jspecify.annotations.NullMarked;
