package io.rollcall.publication;

import io.rollcall.audit.Act;
import io.rollcall.audit.AuditLog;
import io.rollcall.document.Address;
import io.rollcall.document.OwnWord;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Change;
import io.rollcall.presentity.Changes;
import io.rollcall.presentity.Preferred;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What owners say over all their clients. Each method answers after the commit; what is to be audited, if anything, is
 * stored with it.
 */
@ApplicationScoped
public class OwnWords {
    private static final Logger LOG = Logger.getLogger(OwnWords.class.getName());

    @Inject
    private Changes changes;

    @Inject
    private Publications publications;

    /**
     * The word holds from now on; it acts at once on all who watch.
     *
     * @throws Problem if the account publishes too often
     */
    public CompletableFuture<@Nullable Preferred> say(Address account, OwnWord word, @Nullable Act act) {
        publications.count(account);
        LOG.fine(() -> "The word of " + account + " is set");
        return changes.submit(AuditLog.with(act, new Say(account.toString(), word)));
    }

    /** Takes the word back; nothing happens where there is none. */
    public CompletableFuture<@Nullable Preferred> takeBack(Address account, @Nullable Act act) {
        LOG.fine(() -> "The word of " + account + " is taken back");
        return changes.submit(AuditLog.with(act, new Say(account.toString(), null)));
    }

    CompletableFuture<@Nullable Preferred> expire(Address account) {
        return changes.submit(new Expire(account.toString()));
    }

    /** @param word null takes it back */
    record Say(String address, @Nullable OwnWord word) implements Change<@Nullable Preferred> {
        @Override
        public Outcome<@Nullable Preferred> decide(AccountPresence now, Instant time) {
            AccountPresence next = word == null ? now.unprefer() : now.prefer(word, time);
            return new Outcome<>(next, next.account().preferred());
        }
    }

    /** The server's own: a word whose time is over ends. Refused, quietly, if another one was said meanwhile. */
    record Expire(String address) implements Change<@Nullable Preferred> {
        @Override
        public Outcome<@Nullable Preferred> decide(AccountPresence now, Instant time) {
            Preferred preferred = now.account().preferred();
            Instant until = preferred == null ? null : preferred.word().until();
            if (until == null || until.isAfter(time)) {
                throw new Problem(Kind.CONDITION_FAILED, "Another word was said");
            }
            return new Outcome<>(now.unprefer(), null);
        }
    }
}
