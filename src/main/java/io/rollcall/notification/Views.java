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
import org.jspecify.annotations.Nullable;

/** Makes what a watcher sees; every path that shows presence to anyone comes through here. */
@ApplicationScoped
public class Views {
    private final Authorizations authorizations;
    private final PersonPolicy policy;
    /** By identity: an account at one version is one object, and what it looks like is the same for all allowed. */
    private final Cache<AccountPresence, Rendition> whole = Caffeine.newBuilder().weakKeys().build();

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
        return switch (decision.handling()) {
            case ALLOW -> view(account, decision, whole(account));
            case POLITE_BLOCK ->
                view(
                        account,
                        decision,
                        new Rendition(
                                Composition.offline(account.address(), decision.version(), decision.lastSeen())));
            case CONFIRM, BLOCK -> view(account, decision, null);
        };
    }

    private static View view(AccountPresence account, Decision decision, @Nullable Rendition rendition) {
        return new View(account.address(), account.version(), decision.handling(), rendition);
    }

    private Rendition whole(AccountPresence account) {
        return whole.get(account, any -> new Rendition(Composition.compose(account, policy)));
    }
}
