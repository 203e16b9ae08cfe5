package io.rollcall.web;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Answers;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.presentity.Privacy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.logging.Logger;

/** All that is stored about an account, for its owner and administrators: to be taken along, or removed. */
@Path("/")
@ApplicationScoped
public class AccountResource {
    private static final Logger LOG = Logger.getLogger(AccountResource.class.getName());

    @Inject
    private Privacy privacy;

    @Inject
    private DatabaseClock clock;

    @Inject
    private AuditLog audit;

    @Inject
    private Callers callers;

    @GET
    @Path("accounts/{account}/export")
    public Response export(@PathParam("account") String account, @Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        audit.before(audit.act(request, caller, Action.EXPORT_ACCOUNT, owner, ""));
        LOG.info(() -> caller.account() + " exports what is stored about " + owner);
        return Response.ok(privacy.export(owner.toString(), clock.now()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"rollcall-account.json\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @DELETE
    @Path("accounts/{account}")
    public Response erase(@PathParam("account") String account, @Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        LOG.info(() -> caller.account() + " erases what is stored about " + owner);
        audit.before(audit.act(request, caller, Action.ERASE_ACCOUNT, owner, ""));
        Answers.await(privacy.erase(owner.toString()));
        return Response.noContent().build();
    }

    private static Address owner(String account, Caller caller) {
        Address owner = Requests.address(account);
        caller.mustBeOwnerOf(owner);
        return owner;
    }
}
