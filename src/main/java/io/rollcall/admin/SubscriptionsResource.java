package io.rollcall.admin;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.ListSearch;
import io.rollcall.subscription.SubscriptionSearch.Filter;
import io.rollcall.subscription.SubscriptionSearch.Order;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of all nodes to an account or of a watcher, the lists among them, for role {@code admin}; and the end
 * of one.
 */
@Path("/admin/subscriptions")
@ApplicationScoped
public class SubscriptionsResource {
    private static final int MOST = 500;

    @Inject
    private AllSubscriptions subscriptions;

    @Inject
    private Callers callers;

    @Inject
    private AuditLog audit;

    @GET
    public Response find(
            @QueryParam("account") @Nullable String account,
            @QueryParam("watcher") @Nullable String watcher,
            @Context HttpServletRequest request) {
        administrator(request);
        if (account == null && watcher == null) {
            throw new Problem(Kind.INVALID_REQUEST, "Name an account, a watcher, or both");
        }
        Filter filter = new Filter(address(account), address(watcher), null, null);
        JsonArrayBuilder array = Json.createArrayBuilder();
        subscriptions.find(filter, Order.ACCOUNT, 0, MOST).forEach(row -> array.add(json(row)));
        JsonArrayBuilder lists = Json.createArrayBuilder();
        subscriptions
                .findLists(new ListSearch.Filter(filter.account(), filter.watcher()), 0, MOST)
                .forEach(row -> lists.add(json(row)));
        return Response.ok(Json.createObjectBuilder()
                        .add("subscriptions", array)
                        .add("lists", lists)
                        .build()
                        .toString())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @DELETE
    @Path("{account}/{watcher}")
    public Response end(
            @PathParam("account") String account,
            @PathParam("watcher") String watcher,
            @Context HttpServletRequest request) {
        Caller caller = administrator(request);
        Address target = Requests.address(account);
        Address other = Requests.address(watcher);
        subscriptions.end(target, other, audit.act(request, caller, Action.END_SUBSCRIPTION, target, other.toString()));
        return Response.noContent().build();
    }

    private Caller administrator(HttpServletRequest request) {
        Caller caller = callers.of(request);
        caller.mustBeAdmin("The subscriptions of others are for role admin");
        return caller;
    }

    private static @Nullable String address(@Nullable String text) {
        return text == null ? null : Requests.address(text).toString();
    }

    private static JsonObject json(AllSubscriptions.Row row) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("account", row.found().account())
                .add("watcher", row.found().watcher())
                .add("state", row.found().status())
                .add("event", row.found().event())
                .add("since", row.found().since().toString());
        add(json, "told", row.told());
        add(json, "node", row.node());
        add(json, "list", row.found().list());
        return json.build();
    }

    private static JsonObject json(AllSubscriptions.ListRow row) {
        ListSearch.Found found = row.found();
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", found.id())
                .add("watcher", found.owner())
                .add("delivery", found.delivery())
                .add("entries", found.entries())
                .add("state", found.state())
                .add("since", found.createdAt().toString())
                .add("until", found.expiresAt().toString());
        add(json, "told", found.toldAt());
        add(json, "node", row.node());
        add(json, "failingSince", found.failingSince());
        add(json, "error", found.error());
        add(json, "reason", found.ended());
        return json.build();
    }

    private static void add(JsonObjectBuilder json, String name, @Nullable Object value) {
        if (value != null) {
            json.add(name, value.toString());
        }
    }
}
