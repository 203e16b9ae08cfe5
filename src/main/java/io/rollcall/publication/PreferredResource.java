package io.rollcall.publication;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.document.JsonWriter;
import io.rollcall.document.OwnWord;
import io.rollcall.http.Answers;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.presentity.Preferred;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The owner's own word over all its clients. */
@Path("/accounts/{account}/preferred")
@ApplicationScoped
public class PreferredResource {
    private static final int MOST_BYTES = 64 * 1024;

    @Inject
    private OwnWords words;

    @Inject
    private Accounts accounts;

    @Inject
    private DatabaseClock clock;

    @Inject
    private AuditLog audit;

    @Inject
    private Callers callers;

    @GET
    public Response get(@PathParam("account") String account, @Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        audit.before(audit.act(request, caller, Action.READ_PREFERRED, owner, ""));
        Preferred preferred = accounts.findStored(owner.toString()).account().preferred();
        if (preferred == null) {
            throw new Problem(Kind.NOT_FOUND, "The owner has said nothing over its clients; PUT says something");
        }
        return answer(preferred);
    }

    @PUT
    public Response say(
            @PathParam("account") String account,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            InputStream body) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        MediaType type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw new Problem(Kind.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type application/json");
        }
        byte[] json = Requests.body(request, body, MOST_BYTES);
        OwnWord word = OwnWord.read(json, clock.now());
        return answer(Answers.await(
                words.say(owner, word, audit.act(request, caller, Action.SET_PREFERRED, owner, word.inShort()))));
    }

    @DELETE
    public Response takeBack(@PathParam("account") String account, @Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        Answers.await(words.takeBack(owner, audit.act(request, caller, Action.CLEAR_PREFERRED, owner, "")));
        return Response.noContent().build();
    }

    private static Address owner(String account, Caller caller) {
        Address owner = Requests.address(account);
        caller.mustBeOwnerOf(owner);
        return owner;
    }

    private static Response answer(@Nullable Preferred preferred) {
        if (preferred == null) {
            return Response.noContent().build();
        }
        return Response.ok(JsonWriter.write(preferred.word(), preferred.since()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
