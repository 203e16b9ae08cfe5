package io.rollcall.notification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.authorization.Authorizations;
import io.rollcall.authorization.Decision;
import io.rollcall.composition.Composition;
import io.rollcall.composition.PersonPolicy;
import io.rollcall.directory.Caller;
import io.rollcall.presentity.AccountPresence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what a watcher sees; every path that shows presence to anyone comes through here. */
@ApplicationScoped
public class Views {
    private final Authorizations authorizations;
    private final PersonPolicy policy;
    /** By identity: an account at one version is one object, and looks the same to all who may see the same. */
    private final Cache<AccountPresence, Renditions> known =
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

    /** What the watcher sees of the account. */
    public View view(AccountPresence account, Caller watcher) {
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
