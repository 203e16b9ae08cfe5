package io.rollcall.ticket;

import io.rollcall.http.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code POST /api/tickets}: a new ticket, for the caller. */
@Path("/tickets")
@ApplicationScoped
public class TicketsResource {
    @Inject
    private Tickets tickets;

    @Inject
    private Callers callers;

    @POST
    public Response issue(@Context HttpServletRequest request) {
        String ticket = tickets.issue(callers.of(request));
        String body = Json.createObjectBuilder()
                .add("ticket", ticket)
                .add("expires", tickets.life().toSeconds())
                .build()
                .toString();
        return Response.status(Response.Status.CREATED)
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
