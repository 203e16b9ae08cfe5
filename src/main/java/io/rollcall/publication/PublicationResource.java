package io.rollcall.publication;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.document.Publication;
import io.rollcall.http.Answers;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.presentity.Presentity;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Logging in and out over HTTP, and a look at what was published; answered after the commit. Modify and refresh, which come
 * all the time, are taken by {@link RenewalFilter}.
 */
@Path("/accounts/{account}/presentities")
@ApplicationScoped
public class PublicationResource {
    @Inject
    private Publications publications;

    @Inject
    private Accounts accounts;

    @Inject
    private DatabaseClock clock;

    @Inject
    private AuditLog audit;

    @Inject
    private Callers callers;

    @POST
    public Response login(
            @PathParam("account") String account,
            @QueryParam("expires") @Nullable String expires,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            InputStream body) {
        Caller caller = callers.of(request);
        Address address = publishedFor(account, caller);
        PublishedForm form = accepted(headers);
        byte[] document = Requests.body(request, body, PublishedForm.MOST_BYTES);
        if (document.length == 0) {
            throw new Problem(Kind.INVALID_REQUEST, "A login publishes a document: send PIDF or JSON");
        }
        Publication publication = PublishedForm.read(document, headers.getHeaderString(HttpHeaders.CONTENT_TYPE), address);
        Published published = Answers.await(
                publications.login(
                address,
                publication,
                Requests.seconds(expires),
                document.length,
                audit.act(request, caller, Action.LOGIN, address, publication.state().word())));
        return answer(Response.Status.CREATED, published, form)
                .location(URI.create(request.getRequestURL().toString() + '/'
                        + published.presentity().tupleId()))
                .build();
    }

    @GET
    @Path("{tuple}")
    public Response get(
            @PathParam("account") String account,
            @PathParam("tuple") String tuple,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers) {
        Caller caller = callers.of(request);
        Address address = publishedFor(account, caller);
        audit.before(audit.act(request, caller, Action.READ_PRESENTITY, address, tuple));
        Presentity presentity = accounts.findStored(address.toString())
                .presentity(tuple)
                .filter(live -> live.expiresAt().isAfter(clock.now()))
                .orElseThrow(() ->
                        new Problem(Kind.NOT_FOUND, "No live presentity has the tuple id " + tuple + "; log in anew"));
        long left = Duration.between(clock.now(), presentity.expiresAt()).toSeconds();
        return answer(Response.Status.OK, new Published(presentity, Math.max(0, left)), accepted(headers))
                .build();
    }

    @DELETE
    @Path("{tuple}")
    public Response logout(
            @PathParam("account") String account,
            @PathParam("tuple") String tuple,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        Address address = publishedFor(account, caller);
        Answers.await(publications.logout(
                address,
                tuple,
                Requests.entityTag(ifMatch),
                audit.act(request, caller, Action.LOGOUT, address, tuple)));
        return Response.noContent().build();
    }

    private static Address publishedFor(String account, Caller caller) {
        Address address = Requests.address(account);
        caller.mustBePublisherFor(address);
        return address;
    }

    private static PublishedForm accepted(HttpHeaders headers) {
        return PublishedForm.preferred(headers.getHeaderString(HttpHeaders.ACCEPT));
    }

    private static Response.ResponseBuilder answer(Response.Status status, Published published, PublishedForm form) {
        return Response.status(status)
                .header(HttpHeaders.ETAG, '"' + published.presentity().entityTag() + '"')
                .header("Presentity-Expires", published.expires())
                .type(form.mediaType())
                .entity(form.write(published));
    }
}
