/**
 * The audit log: who did what to whom, when, and from where. It keeps what administrators do to others' accounts, every
 * change of rules, and refused sign-ins. An act that changes something is kept in the transaction of that change, any
 * other before it is done: there is none without its entry.
 */
@NullMarked
package io.rollcall.audit;

import org.jspecify.annotations.NullMarked;
