package io.rollcall.notification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.authorization.Authorizations;
import io.rollcall.authorization.Decision;
import io.rollcall.composition.Composition;
import io.rollcall.composition.PersonPolicy;
import io.rollcall.directory.Caller;
import io.rollcall.document.InvalidDocument;
import io.rollcall.metrics.Alarm;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.presentity.AccountPresence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what a watcher sees; every path that shows presence to anyone comes through here. */
@ApplicationScoped
public class Views {
    private static final Logger LOG = Logger.getLogger(Views.class.getName());

    private final Authorizations authorizations;
    private final PersonPolicy policy;
    /**
     * How accounts look, by address. What comes of a new version takes the old one's place at once: kept by weak keys, all
     * that was made since the last garbage collection would survive it.
     */
    private final Cache<String, Look> looks;
    /** Those that the log has been told of. */
    private final Cache<AccountPresence, Boolean> unreadable =
            Caffeine.newBuilder().weakKeys().build();

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Views() {
        authorizations = null;
        policy = null;
        looks = null;
    }

    @Inject
    public Views(
            Authorizations authorizations,
            @ConfigProperty(name = "rollcall.person.policy", defaultValue = "latest-login") String policy,
            @ConfigProperty(name = "rollcall.accounts.cached", defaultValue = "50000") int cached) {
        this.authorizations = authorizations;
        this.policy = PersonPolicy.named(policy);
        this.looks = Caffeine.newBuilder().maximumSize(cached).build();
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
                Alarm.DAMAGED.raise(LOG, "What is stored of " + account.address() + " cannot be read: nobody sees it", damaged);
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
        Look look = looks.getIfPresent(account.address());
        if (look == null || look.account() != account) {
            look = new Look(account, new Renditions(Composition.compose(account, policy)));
            looks.put(account.address(), look);
        }
        return look.renditions();
    }

    /** An account at one version, which is one object, looks the same to all who may see the same. */
    private record Look(AccountPresence account, Renditions renditions) {}
}
