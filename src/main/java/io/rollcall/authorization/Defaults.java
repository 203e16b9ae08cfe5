package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What configuration decides for watchers that none of an account's rules is about. */
@ApplicationScoped
public class Defaults {
    private static final String REASON = "default";

    private final Decision inside;
    private final Decision outside;
    private final Map<String, Decision> byDomain = new HashMap<>();

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Defaults() {
        inside = null;
        outside = null;
    }

    /**
     * @param inside for watchers of the account's own domain
     * @param outside for all others
     * @param domains for watchers of these domains, each as {@code partner.example=allow}
     */
    @Inject
    public Defaults(
            @ConfigProperty(name = "rollcall.authorization.default", defaultValue = "allow") String inside,
            @ConfigProperty(name = "rollcall.authorization.default.outside", defaultValue = "confirm") String outside,
            @ConfigProperty(name = "rollcall.authorization.default.domains") Optional<List<String>> domains) {
        this.inside = Decision.of(Handling.named(inside), REASON);
        this.outside = Decision.of(Handling.named(outside), REASON);
        for (String domain : domains.orElse(List.of())) {
            int end = domain.indexOf('=');
            if (end < 1) {
                throw new IllegalArgumentException("rollcall.authorization.default.domains: '" + domain
                        + "' is not like partner.example=allow");
            }
            byDomain.put(
                    domain.substring(0, end).strip().toLowerCase(Locale.ROOT),
                    Decision.of(Handling.named(domain.substring(end + 1).strip()), REASON));
        }
    }

    Decision decide(String account, Address watcher) {
        Decision ofDomain = byDomain.isEmpty() ? null : byDomain.get(watcher.domain());
        if (ofDomain != null) {
            return ofDomain;
        }
        return watcher.isOfDomainOf(account) ? inside : outside;
    }
}
