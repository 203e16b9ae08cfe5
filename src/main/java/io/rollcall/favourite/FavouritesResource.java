package io.rollcall.favourite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.favourite.Favourites.Chosen;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom an account's owner has chosen to see first; the owner's alone, no administrator's. */
@Path("/accounts/{account}/favourites")
@ApplicationScoped
public class FavouritesResource {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST = 500;

    @Inject
    private Favourites favourites;

    @Inject
    private Callers callers;

    @GET
    public Response get(@PathParam("account") String account, @Context HttpServletRequest request) {
        return answer(favourites.of(owner(account, request)));
    }

    @PUT
    public Response choose(
            @PathParam("account") String account,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            InputStream body) {
        String owner = owner(account, request);
        MediaType type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw new Problem(Kind.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type application/json");
        }
        return answer(favourites.replace(owner, read(Requests.body(request, body, MOST_BYTES)), expected(ifMatch)));
    }

    private String owner(String account, HttpServletRequest request) {
        Caller caller = callers.of(request);
        Address owner = Requests.address(account);
        if (!caller.owns(owner)) {
            throw new Problem(Kind.FORBIDDEN, "The favourites of " + owner + " are for it alone");
        }
        return owner.toString();
    }

    /** The revision that a tag names; null for any. */
    private static @Nullable Long expected(@Nullable String ifMatch) {
        String tag = ifMatch == null ? "*" : Requests.entityTag(ifMatch);
        if (tag.equals("*")) {
            return null;
        }
        // whatever is none of ours is no revision's
        return tag.matches("f[0-9]{1,18}") ? Long.parseLong(tag.substring(1)) : -1;
    }

    /** Reads {@code {"people":[…]}}; whoever is named twice is one. */
    private static List<String> read(byte[] body) {
        Set<String> people = new LinkedHashSet<>();
        try (JsonParser in = JSON.createParser(body)) {
            boolean started = in.nextToken() == JsonToken.START_OBJECT
                    && "people".equals(in.nextFieldName())
                    && in.nextToken() == JsonToken.START_ARRAY;
            while (started && in.nextToken() == JsonToken.VALUE_STRING) {
                people.add(Requests.address(in.getText()).toString());
                if (people.size() > MOST) {
                    throw new Problem(Kind.INVALID_REQUEST, "There may be at most " + MOST + " favourites");
                }
            }
            if (started
                    && in.currentToken() == JsonToken.END_ARRAY
                    && in.nextToken() == JsonToken.END_OBJECT
                    && in.nextToken() == null) {
                return List.copyOf(people);
            }
        } catch (IOException malformed) {
            // said below
        }
        throw new Problem(Kind.INVALID_REQUEST, "Send {\"people\":[\"alice@example.com\"]} and nothing else");
    }

    private static Response answer(Chosen chosen) {
        String json = Json.createObjectBuilder()
                .add("chosen", chosen.revision() > 0)
                .add("people", Json.createArrayBuilder(chosen.people()))
                .build()
                .toString();
        return Response.ok(json)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.ETAG, "\"f" + chosen.revision() + '"')
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
