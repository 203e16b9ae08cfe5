package io.rollcall.authorization;

import io.rollcall.audit.Act;
import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.document.InvalidDocument;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.policy.Rule;
import io.rollcall.policy.RulesetJson;
import io.rollcall.policy.RulesetJsonReader;
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
import java.io.InputStream;
import java.util.stream.Collectors;

/** What holds for single watchers, and an owner's decisions on them. */
@Path("/accounts/{account}/authorizations/{watcher}")
@ApplicationScoped
public class AuthorizationResource {
    private static final int MOST_BYTES = 16 * 1024;

    @Inject
    private Authorizations authorizations;

    @Inject
    private RulesChanges changes;

    @Inject
    private Accounts accounts;

    @Inject
    private AuditLog audit;

    @Inject
    private Callers callers;

    /** What holds for a watcher, and what made it. */
    @GET
    public Response effective(
            @PathParam("account") String account,
            @PathParam("watcher") String watcher,
            @Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        Address other = Requests.address(watcher);
        audit.before(audit.act(request, caller, Action.READ_RULES, owner, other.toString()));
        return answer(owner, other);
    }

    @PUT
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
        RulesetJsonReader.Single decision = read(Requests.body(request, body, MOST_BYTES));
        Rule rule = Single.rule(other, decision.handling(), decision.provision());
        Act act = audit.act(request, caller, Action.DECIDE, owner, rule.handling().word() + " " + other);
        changes.change(
                owner, stored -> RulesResource.mustHaveRoom(stored, other), edit -> edit.decide(other, rule), act);
        return answer(owner, other);
    }

    @DELETE
    public Response forget(
            @PathParam("account") String account,
            @PathParam("watcher") String watcher,
            @Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        Address other = Requests.address(watcher);
        Act act = audit.act(request, caller, Action.TAKE_BACK_DECISION, owner, other.toString());
        changes.change(owner, any -> {}, edit -> edit.forget(other), act);
        return Response.noContent().build();
    }

    private static Address owner(String account, Caller caller) {
        Address owner = Requests.address(account);
        caller.mustBeOwnerOf(owner);
        return owner;
    }

    private static RulesetJsonReader.Single read(byte[] body) {
        try {
            return RulesetJsonReader.readSingle(body);
        } catch (InvalidDocument wrong) {
            throw new Problem(
                    Kind.INVALID_REQUEST,
                    wrong.getMessage() + ". Send {\"handling\":\"allow\"}, or confirm, polite-block, block");
        }
    }

    /** Addresses, words and ids hold nothing that JSON would have to escape. */
    private Response answer(Address owner, Address watcher) {
        Decision decision = authorizations.decide(accounts.find(owner.toString()), watcher);
        String json = "{\"watcher\":\"" + watcher + "\",\"handling\":\"" + decision.handling().word()
                + "\",\"because\":\"" + decision.reason() + "\",\"rules\":"
                + decision.rules().stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "[", "]"))
                + ",\"provide\":" + RulesetJson.write(decision.provision()) + '}';
        return Response.ok(json)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
