package io.rollcall.publication;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.http.Callers;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The dead letters, for role {@code admin}: the oldest of them, and taking one away. */
@Path("/admin/dead-letters")
@ApplicationScoped
public class DeadLettersResource {
    private static final int MOST = 100;

    @Inject
    private DeadLetters letters;

    @Inject
    private AuditLog audit;

    @Inject
    private Callers callers;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response oldest(@Context HttpServletRequest request) {
        Caller caller = admin(request);
        audit.before(audit.act(request, caller, Action.READ_DEAD_LETTERS, null, ""));
        JsonArrayBuilder array = Json.createArrayBuilder();
        letters.oldest(MOST).forEach(letter -> array.add(letter.toJson()));
        return Response.ok(Json.createObjectBuilder().add("deadLetters", array).build().toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @DELETE
    @Path("{id}")
    public Response remove(@PathParam("id") String id, @Context HttpServletRequest request) {
        audit.before(audit.act(request, admin(request), Action.REMOVE_DEAD_LETTER, null, id));
        if (!letters.remove(id)) {
            throw new Problem(Kind.NOT_FOUND, "There is no such dead letter; GET lists them");
        }
        return Response.noContent().build();
    }

    private Caller admin(HttpServletRequest request) {
        Caller caller = callers.of(request);
        caller.mustBeAdmin("Dead letters are for role admin");
        return caller;
    }
}
