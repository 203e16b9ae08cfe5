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
import java.util.function.Predicate;

/** Tells who calls. What a name stands for and may do is looked up once a minute, not at every request. */
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
        return of(principal, request::isUserInRole);
    }

    /** The caller of that name, with the roles it has. */
    public Caller of(Principal principal, Predicate<String> inRole) {
        String name = principal.getName();
        Caller known = recent.getIfPresent(name);
        if (known == null) {
            known = new Caller(name, people.accountOf(name), inRole.test("publisher"), inRole.test("admin"));
            recent.put(name, known);
        }
        return known;
    }
}
