package io.rollcall.publication;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.rollcall.audit.Act;
import io.rollcall.audit.AuditLog;
import io.rollcall.document.Address;
import io.rollcall.document.Publication;
import io.rollcall.metrics.Metrics;
import io.rollcall.presentity.Changes;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The publications of all accounts. Each method answers after the commit, or exceptionally with a {@link Problem} when
 * nothing was stored; it throws one if the account publishes too often, or for too short a time. Expiries are asked for
 * and granted in seconds. What is to be audited of a publication, if anything, is stored with it.
 */
@ApplicationScoped
public class Publications {
    private static final Logger LOG = Logger.getLogger(Publications.class.getName());

    @Inject
    private Changes changes;

    @Inject
    private Expiry expiry;

    @Inject
    private PublicationLimit limit;

    private final Metrics metrics;
    private final Map<Class<?>, Counter> stored = new HashMap<>();

    @Inject
    @ConfigProperty(name = "rollcall.limits.presentities", defaultValue = "32")
    private int mostPresentities;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Publications() {
        metrics = null;
    }

    @Inject
    public Publications(Metrics metrics) {
        this.metrics = metrics;
        for (Class<?> action : PublicationChange.class.getPermittedSubclasses()) {
            stored.put(action, metrics.publications(PublicationChange.action(action)));
        }
    }

    public CompletableFuture<Published> login(
            Address account, Publication publication, @Nullable Long expires, int size, @Nullable Act act) {
        count(account);
        return submit(
                new PublicationChange.Login(
                        account, TupleIds.random(), publication, expiry.grant(expires), size, mostPresentities),
                act);
    }

    /** Has a message of the queue stored. It is not counted: the queue is where that waits which is too much. */
    CompletableFuture<Published> store(QueuedPublication message) {
        Address account = message.account();
        Publication publication = message.publication();
        String tuple = message.tuple();
        return submit(
                switch (message.action()) {
                    case LOGIN ->
                        new PublicationChange.Login(
                                account,
                                tuple,
                                requireNonNull(publication),
                                expiry.grant(message.expires()),
                                message.size(),
                                mostPresentities,
                                true,
                                message.again());
                    case MODIFY ->
                        new PublicationChange.Modify(
                                account,
                                tuple,
                                message.tag(),
                                requireNonNull(publication),
                                expiry.grant(message.expires()),
                                message.size());
                    case REFRESH ->
                        new PublicationChange.Refresh(account, tuple, message.tag(), expiry.grant(message.expires()));
                    case LOGOUT -> new PublicationChange.Logout(account, tuple, message.tag());
                },
                null);
    }

    public CompletableFuture<Published> modify(
            Address account,
            String tupleId,
            String tag,
            Publication publication,
            @Nullable Long expires,
            int size,
            @Nullable Act act) {
        count(account);
        return submit(
                new PublicationChange.Modify(account, tupleId, tag, publication, expiry.grant(expires), size), act);
    }

    public CompletableFuture<Published> refresh(
            Address account, String tupleId, String tag, @Nullable Long expires, @Nullable Act act) {
        count(account);
        return submit(new PublicationChange.Refresh(account, tupleId, tag, expiry.grant(expires)), act);
    }

    public CompletableFuture<Published> logout(Address account, String tupleId, String tag, @Nullable Act act) {
        return submit(new PublicationChange.Logout(account, tupleId, tag), act);
    }

    CompletableFuture<Published> expire(Address account, String tupleId) {
        return submit(new PublicationChange.Expire(account, tupleId), null);
    }

    CompletableFuture<Published> turn(Address account, String tupleId) {
        return submit(new PublicationChange.Turn(account, tupleId), null);
    }

    /**
     * Counts what an account publishes, its owner's word too. A log-out is not counted: what ends something is never too
     * much.
     *
     * @throws Problem if it is more than it may
     */
    void count(Address account) {
        try {
            limit.count(account);
        } catch (Problem tooMany) {
            countRefusal(tooMany);
            throw tooMany;
        }
    }

    private CompletableFuture<Published> submit(PublicationChange change, @Nullable Act act) {
        return changes.submit(AuditLog.with(act, change)).whenComplete((published, failure) -> {
            if (failure == null) {
                stored.get(change.getClass()).increment();
                log(change, published);
            } else if (failure instanceof Problem refused) {
                countRefusal(refused);
            }
        });
    }

    private void countRefusal(Problem refused) {
        metrics.refusals(refused.kind().name().toLowerCase(Locale.ROOT)).increment();
    }

    private static void log(PublicationChange change, Published published) {
        if (LOG.isLoggable(Level.FINE)) {
            LOG.fine(change.action() + ' ' + change.account() + ' '
                    + published.presentity().tupleId());
        }
    }
}
