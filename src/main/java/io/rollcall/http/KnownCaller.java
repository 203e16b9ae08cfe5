package io.rollcall.http;

import io.rollcall.directory.Caller;
import java.security.Principal;

/** The principal of a request whose caller is known already, so that nothing about it needs to be looked up. */
public record KnownCaller(Caller caller) implements Principal {

    @Override
    public String getName() {
        return caller.name();
    }

    /** Whether it has a role. */
    public boolean isIn(String role) {
        return switch (role) {
            case "admin" -> caller.admin();
            case "publisher" -> caller.publisher();
            default -> role.equals("user");
        };
    }
}
