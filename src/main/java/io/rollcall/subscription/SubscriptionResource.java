package io.rollcall.subscription;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.webhook.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Subscription lists: made, read, changed, refreshed and ended by those who own them; administrators read and end them too. */
@Path("/subscriptions")
@ApplicationScoped
public class SubscriptionResource {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    @Inject
    private SubscriptionLists lists;

    @Inject
    private ListDocuments documents;

    @Inject
    private Reviewer reviewer;

    @Inject
    private Targets targets;

    @Inject
    private Groups groups;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Callers callers;

    @Inject
    private AuditLog audit;

    @POST
    public Response create(
            @Context HttpServletRequest request, @Context HttpHeaders headers, InputStream body) {
        Caller caller = callers.of(request);
        ListRequest wanted = read(headers, body(request, body));
        Instant now = clock.now();
        SubscriptionList list = lists.create(caller, wanted, now);
        reviewer.listChanged(list, Set.of());
        StringBuilder json = documents.whole(list, caller, now);
        if (wanted.outlet().secret() == null && list.outlet() != null && list.outlet().secret() != null) {
            // told this once
            json.append(",\"secret\":\"").append(list.outlet().secret().reveal()).append('"');
        }
        return answer(Response.created(URI.create("subscriptions/" + list.id())), json.append('}').toString());
    }

    /** The caller's lists, without what is in them. */
    @GET
    public Response all(@Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        Instant now = clock.now();
        String json = lists.of(caller.account()).stream()
                .map(list -> ListDocuments.head(list, now).append('}'))
                .collect(Collectors.joining(",", "{\"subscriptions\":[", "]}"));
        return answer(Response.ok(), json);
    }

    @GET
    @Path("{id}")
    public Response one(@PathParam("id") String id, @Context HttpServletRequest request) {
        SubscriptionList list = list(id, Action.READ_LIST, request);
        Caller caller = callers.of(request);
        Caller owner = caller.owns(list.owner().account()) ? caller : list.owner();
        return answer(Response.ok(), list, owner, clock.now());
    }

    /** Gives the list other entries; without a body it is a refresh. */
    @PUT
    @Path("{id}")
    public Response replace(
            @PathParam("id") String id,
            @QueryParam("expires") @Nullable String expires,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            InputStream body) {
        Caller caller = callers.of(request);
        SubscriptionList list = lists.find(id, caller);
        byte[] content = body(request, body);
        Instant now = clock.now();
        if (content.length == 0) {
            return answer(Response.ok(), lists.refresh(list, Requests.seconds(expires), caller, now), caller, now);
        }
        SubscriptionList next = lists.replace(list, read(headers, content), caller, now);
        reviewer.listChanged(next, list.addresses(groups));
        return answer(Response.ok(), next, caller, now);
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        SubscriptionList list = list(id, Action.END_SUBSCRIPTION, request);
        lists.end(id, Instant.ofEpochMilli(Long.MAX_VALUE));
        reviewer.listEnded(list);
        return Response.noContent().build();
    }

    /** A list of the caller's own, or for role {@code admin} of anybody's. */
    private SubscriptionList list(String id, Action action, HttpServletRequest request) {
        Caller caller = callers.of(request);
        SubscriptionList list = caller.admin() ? lists.findOfAnybody(id) : lists.find(id, caller);
        audit.before(audit.act(request, caller, action, list.owner().account(), "list " + id));
        return list;
    }

    private static byte[] body(HttpServletRequest request, InputStream body) {
        return Requests.body(request, body, MOST_BYTES);
    }

    private ListRequest read(HttpHeaders headers, byte[] body) {
        MediaType type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw new Problem(Kind.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type application/json");
        }
        return ListRequest.read(body, lists.mostAccounts(), targets);
    }

    private Response answer(Response.ResponseBuilder response, SubscriptionList list, Caller caller, Instant now) {
        return answer(response, documents.whole(list, caller, now).append('}').toString());
    }

    private static Response answer(Response.ResponseBuilder response, String json) {
        return response.entity(json)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
