package io.rollcall.notification;

import io.rollcall.document.PresenceDocument;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What one watcher sees of one account at one version.
 *
 * @param version the account's, which its decision was made at too
 * @param provision what the watcher is provided with
 * @param rendition the document; null where there is none to be seen: blocked, or not decided yet
 */
public record View(
        String account, long version, Handling handling, Provision provision, @Nullable Rendition rendition) {

    /** A view of one who is provided with everything there is to see. */
    View(String account, long version, Handling handling, @Nullable Rendition rendition) {
        this(account, version, handling, Provision.EVERYTHING, rendition);
    }

    /**
     * Whether the watcher cannot tell anything from it. Such views are shown again whenever a watcher resumes: shown only
     * when the account had changed, they would tell a politely blocked watcher that it did.
     */
    boolean tellsNothing() {
        return rendition == null || rendition.document().looksOffline();
    }

    /** Whether the watcher learns nothing from it but that the account's version is another one. */
    boolean showsSameAs(@Nullable PresenceDocument before) {
        return rendition != null
                && before != null
                && rendition.document().showsSameAs(before, provision.isEverything());
    }

    /** The same, if it may be seen, of an account that nobody knows: there is no resource to see (RFC 6665 §4.1.3). */
    View ofNobody() {
        return rendition == null ? this : new View(account, version, Handling.ALLOW, null);
    }

    /**
     * The document.
     *
     * @throws Problem {@link Kind#BLOCKED} or {@link Kind#PENDING} where there is none to be seen
     */
    public Rendition visible() {
        if (rendition != null) {
            return rendition;
        }
        if (handling == Handling.CONFIRM) {
            throw new Problem(Kind.PENDING, account + " has not decided yet whether you may see its presence; "
                    + "subscribe, and you will be told");
        }
        throw new Problem(Kind.BLOCKED, account + " does not share its presence with you");
    }
}
