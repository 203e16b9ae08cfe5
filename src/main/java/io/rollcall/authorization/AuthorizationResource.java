package io.rollcall.authorization;

import io.rollcall.policy.Handling;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Answers;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
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
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Collectors;

/** An owner's decisions on single watchers. */
@Path("/accounts/{account}/authorizations")
@ApplicationScoped
public class AuthorizationResource {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_BYTES = 4096;

    @Inject
    private Authorizations authorizations;

    @Inject
    private Accounts accounts;

    @Inject
    private Callers callers;

    /** All decisions of the owner. */
    @GET
    public Response all(@PathParam("account") String account, @Context HttpServletRequest request) {
        Address owner = owner(account, callers.of(request));
        Map<String, Decision> decisions = authorizations.decisions(accounts.find(owner.toString()));
        String json = decisions.entrySet().stream()
                .map(entry -> json(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "{\"authorizations\":[", "]}"));
        return answer(json);
    }

    /** What holds for a watcher, and what made it. */
    @GET
    @Path("{watcher}")
    public Response effective(
            @PathParam("account") String account,
            @PathParam("watcher") String watcher,
            @Context HttpServletRequest request) {
        Address owner = owner(account, callers.of(request));
        Address other = Requests.address(watcher);
        AccountPresence presence = accounts.find(owner.toString());
        return answer(json(other.toString(), authorizations.decide(presence, other)));
    }

    @PUT
    @Path("{watcher}")
    public Response decide(
            @PathParam("account") String account,
            @PathParam("watcher") String watcher,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            InputStream body) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        Address other = Requests.address(watcher);
        if (other.equals(owner)) {
            throw new Problem(Kind.INVALID_REQUEST, "An owner always sees its own presence; decide on somebody else");
        }
        MediaType type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw new Problem(Kind.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type application/json");
        }
        Handling handling = readHandling(Requests.body(body, headers.getLength(), MOST_BYTES));
        Decision decision = Answers.await(authorizations.allow(owner, other, handling, caller));
        return answer(json(other.toString(), decision));
    }

    @DELETE
    @Path("{watcher}")
    public Response forget(
            @PathParam("account") String account,
            @PathParam("watcher") String watcher,
            @Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        Answers.await(authorizations.forget(owner, Requests.address(watcher), caller));
        return Response.noContent().build();
    }

    private static Address owner(String account, Caller caller) {
        Address owner = Requests.address(account);
        caller.mustBeOwnerOf(owner);
        return owner;
    }

    private static Handling readHandling(byte[] body) {
        try (JsonParser in = JSON.createParser(body)) {
            if (in.nextToken() == JsonToken.START_OBJECT && "handling".equals(in.nextFieldName())) {
                String word = in.nextTextValue();
                if (word != null && in.nextToken() == JsonToken.END_OBJECT && in.nextToken() == null) {
                    return Handling.named(word);
                }
            }
        } catch (IllegalArgumentException unknown) {
            throw new Problem(Kind.INVALID_REQUEST, "handling " + unknown.getMessage());
        } catch (IOException malformed) {
            // answered below
        }
        throw new Problem(
                Kind.INVALID_REQUEST, "Send {\"handling\":\"allow\"}, or confirm, polite-block, block");
    }

    /** Addresses and words hold nothing that JSON would have to escape. */
    private static String json(String watcher, Decision decision) {
        return "{\"watcher\":\"" + watcher + "\",\"handling\":\"" + decision.handling().word() + "\",\"because\":\""
                + decision.reason() + "\"}";
    }

    private static Response answer(String json) {
        return Response.ok(json)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
