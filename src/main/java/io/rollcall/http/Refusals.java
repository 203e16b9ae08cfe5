package io.rollcall.http;

import io.rollcall.directory.People;
import io.rollcall.document.Address;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Tells of sign-ins that were refused. */
@ApplicationScoped
public class Refusals {
    @Inject
    private People people;

    @Inject
    private RemoteAddress remote;

    @Inject
    private Event<RefusedSignIn> observers;

    /**
     * @param name as it was sent; null if there was none
     * @param means how it was tried: {@code form}, {@code basic}, …
     */
    public void refused(@Nullable String name, HttpServletRequest request, String means) {
        observers.fire(new RefusedSignIn(account(name), remote.of(request), means));
    }

    /** The container answers a request with 401: that is a refusal if it carried a name and a password. */
    void notSignedIn(HttpServletRequest request) {
        if (BasicCredentials.areIn(request)) {
            refused(BasicCredentials.name(request), request, "basic");
        } else if (request.getHeader("Authorization") != null) {
            refused(null, request, "token");
        }
    }

    private String account(@Nullable String name) {
        try {
            Address account = name == null ? null : people.accountOf(name);
            return account != null && people.include(account) ? account.toString() : RefusedSignIn.UNKNOWN;
        } catch (Problem noAccount) {
            return RefusedSignIn.UNKNOWN;
        }
    }
}
