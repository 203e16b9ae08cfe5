package io.rollcall.notification;

import io.rollcall.authorization.Handling;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What one watcher sees of one account at one version.
 *
 * @param rendition the document; null where there is none to be seen: blocked, or not decided yet
 */
public record View(String account, Handling handling, @Nullable Rendition rendition) {

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
