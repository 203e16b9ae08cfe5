package io.rollcall.policy;

/** One condition of a rule (RFC 4745 §7); a rule applies when all of its conditions hold. */
public sealed interface Condition permits Identity, Sphere, Validity, Unknown {

    boolean holds(Question question);
}
