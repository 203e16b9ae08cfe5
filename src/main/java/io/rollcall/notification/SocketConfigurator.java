package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.http.Callers;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.security.Principal;

/** Finds out who calls while the handshake is still a request, for a session knows no roles. */
public class SocketConfigurator extends ServerEndpointConfig.Configurator {
    private static final String CALLER = "rollcall.caller:";

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Principal principal = request.getUserPrincipal();
        if (principal != null) {
            Caller caller = CDI.current().select(Callers.class).get().of(principal, request::isUserInRole);
            // the map may be shared by handshakes: what stands under a name is the same for all of them
            config.getUserProperties().put(CALLER + principal.getName(), caller);
        }
    }

    /** @throws Problem {@link Kind#NOT_SIGNED_IN} if the session is nobody's */
    static Caller caller(Session session) {
        Principal principal = session.getUserPrincipal();
        Object caller = principal == null ? null : session.getUserProperties().get(CALLER + principal.getName());
        if (caller instanceof Caller known) {
            return known;
        }
        throw new Problem(Kind.NOT_SIGNED_IN, "Sign in before the handshake");
    }
}
