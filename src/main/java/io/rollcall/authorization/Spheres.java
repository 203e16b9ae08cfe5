package io.rollcall.authorization;

import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Presentity;
import org.jspecify.annotations.Nullable;

/** The sphere of an account (RFC 5025 §3.1.2). */
final class Spheres {
    private Spheres() {}

    /** What all published persons that have one agree on; null where none has one, or they differ. */
    static @Nullable String of(AccountPresence account) {
        String common = null;
        for (Presentity presentity : account.presentities()) {
            String sphere = presentity.tuple().publication().sphere();
            if (sphere != null && common != null && !sphere.equalsIgnoreCase(common)) {
                return null;
            }
            common = common == null ? sphere : common;
        }
        return common;
    }
}
