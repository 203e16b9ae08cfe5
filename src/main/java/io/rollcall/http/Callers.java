package io.rollcall.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.directory.Caller;
import io.rollcall.directory.People;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Duration;

/**
 * Tells who calls. What a name stands for and may do is looked up once a minute, not at every request, but for those that
 * bring a token.
 */
@ApplicationScoped
public class Callers {
    private final People people;
    private final Cache<String, Caller> recent =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(1)).build();

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Callers() {
        people = null;
    }

    @Inject
    public Callers(People people) {
        this.people = people;
    }

    /** @throws Problem {@link Kind#NOT_SIGNED_IN} if the request is nobody's */
    public Caller of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            throw new Problem(Kind.NOT_SIGNED_IN, "Sign in, or send an Authorization header");
        }
        if (principal instanceof KnownCaller known) {
            return known.caller();
        }
        String name = principal.getName();
        if (Requests.bringToken(request)) {
            // it says itself what its bearer may do; another one of the same name may say otherwise
            return lookUp(name, request);
        }
        Caller known = recent.getIfPresent(name);
        if (known == null) {
            known = lookUp(name, request);
            recent.put(name, known);
        }
        return known;
    }

    private Caller lookUp(String name, HttpServletRequest request) {
        return new Caller(
                name, people.accountOf(name), request.isUserInRole("publisher"), request.isUserInRole("admin"));
    }
}
