package io.rollcall.notification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.authorization.Authorizations;
import io.rollcall.authorization.Decision;
import io.rollcall.composition.Composition;
import io.rollcall.composition.PersonPolicy;
import io.rollcall.directory.Caller;
import io.rollcall.document.InvalidDocument;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.presentity.AccountPresence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what a watcher sees; every path that shows presence to anyone comes through here. */
@ApplicationScoped
public class Views {
    private static final Logger LOG = Logger.getLogger(Views.class.getName());

    private final Authorizations authorizations;
    private final PersonPolicy policy;
    /** By identity: an account at one version is one object, and looks the same to all who may see the same. */
    private final Cache<AccountPresence, Renditions> known =
            Caffeine.newBuilder().weakKeys().build();
    /** Those that the log has been told of. */
    private final Cache<AccountPresence, Boolean> unreadable =
            Caffeine.newBuilder().weakKeys().build();

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Views() {
        authorizations = null;
        policy = null;
    }

    @Inject
    public Views(
            Authorizations authorizations,
            @ConfigProperty(name = "rollcall.person.policy", defaultValue = "latest-login") String policy) {
        this.authorizations = authorizations;
        this.policy = PersonPolicy.named(policy);
    }

    /**
     * What the watcher sees of the account. What is stored of it and cannot be read is nothing to be seen: nobody else's
     * request, list or stream fails by that.
     */
    public View view(AccountPresence account, Caller watcher) {
        try {
            return whole(account, watcher);
        } catch (InvalidDocument damaged) {
            if (unreadable.asMap().putIfAbsent(account, true) == null) {
                LOG.log(Level.SEVERE, "What is stored of " + account.address() + " cannot be read: nobody sees it", damaged);
            }
            return new View(account.address(), account.version(), Handling.BLOCK, Provision.NOTHING, null);
        }
    }

    private View whole(AccountPresence account, Caller watcher) {
        Decision decision = authorizations.decide(account, watcher);
        Rendition rendition =
                switch (decision.handling()) {
                    case ALLOW -> renditions(account).of(decision.provision());
                    case POLITE_BLOCK -> renditions(account).of(decision.mark());
                    case CONFIRM, BLOCK -> null;
                };
        return new View(account.address(), account.version(), decision.handling(), decision.provision(), rendition);
    }

    private Renditions renditions(AccountPresence account) {
        return known.get(account, any -> new Renditions(Composition.compose(account, policy)));
    }
}
