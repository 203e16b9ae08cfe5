package io.rollcall.publication;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.document.DocumentLimits;
import io.rollcall.document.JsonWriter;
import io.rollcall.document.PidfWriter;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.Publication;
import io.rollcall.document.PublicationReader;
import io.rollcall.http.Answers;
import io.rollcall.http.Callers;
import io.rollcall.http.Problems;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The four operations of RFC 3903 over HTTP; each is answered after the commit. */
@Path("/accounts/{account}/presentities")
@ApplicationScoped
public class PublicationResource {
    private static final DocumentLimits LIMITS = DocumentLimits.DEFAULT;
    private static final MediaType PIDF = new MediaType("application", "pidf+xml");
    private static final PublicationReader READER = new PublicationReader(LIMITS);

    @Inject
    private Publications publications;

    @Inject
    private Accounts accounts;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Callers callers;

    @POST
    public Response login(
            @PathParam("account") String account,
            @QueryParam("expires") @Nullable String expires,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            InputStream body) {
        Address address = publishedFor(account, request);
        byte[] document = Requests.body(body, headers.getLength(), LIMITS.maxBytes());
        if (document.length == 0) {
            throw new Problem(Kind.INVALID_REQUEST, "A login publishes a document: send PIDF or JSON");
        }
        Publication publication = read(document, headers, address);
        Published published = Answers.await(
                publications.login(address, publication, Requests.seconds(expires), document.length));
        return answer(published, headers)
                .status(Response.Status.CREATED)
                .location(URI.create(request.getRequestURL().toString() + '/'
                        + published.presentity().tupleId()))
                .build();
    }

    @PUT
    @Path("{tuple}")
    public Response modifyOrRefresh(
            @PathParam("account") String account,
            @PathParam("tuple") String tuple,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("expires") @Nullable String expires,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            InputStream body) {
        Address address = publishedFor(account, request);
        String tag = Requests.entityTag(ifMatch);
        Long seconds = Requests.seconds(expires);
        byte[] document = Requests.body(body, headers.getLength(), LIMITS.maxBytes());
        CompletableFuture<Published> publication = document.length == 0
                ? publications.refresh(address, tuple, tag, seconds)
                : publications.modify(
                        address, tuple, tag, read(document, headers, address), seconds, document.length);
        return answer(Answers.await(publication), headers).build();
    }

    @GET
    @Path("{tuple}")
    public Response get(
            @PathParam("account") String account,
            @PathParam("tuple") String tuple,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers) {
        Address address = publishedFor(account, request);
        Presentity presentity = accounts.findStored(address.toString())
                .presentity(tuple)
                .filter(live -> live.expiresAt().isAfter(clock.now()))
                .orElseThrow(() ->
                        new Problem(Kind.NOT_FOUND, "No live presentity has the tuple id " + tuple + "; log in anew"));
        long left = Duration.between(clock.now(), presentity.expiresAt()).toSeconds();
        return answer(new Published(presentity, Math.max(0, left)), headers).build();
    }

    @DELETE
    @Path("{tuple}")
    public Response logout(
            @PathParam("account") String account,
            @PathParam("tuple") String tuple,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context HttpServletRequest request) {
        Address address = publishedFor(account, request);
        Answers.await(publications.logout(address, tuple, Requests.entityTag(ifMatch)));
        return Response.noContent().build();
    }

    private Address publishedFor(String account, HttpServletRequest request) {
        Address address = Requests.address(account);
        Caller caller = callers.of(request);
        caller.mustBePublisherFor(address);
        return address;
    }

    private static Publication read(byte[] document, HttpHeaders headers, Address account) {
        MediaType type = headers.getMediaType();
        if (type != null && PIDF.isCompatible(type) && !type.isWildcardSubtype()) {
            String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
            return READER.readPidf(document, charset, account.toString());
        }
        if (type != null && MediaType.APPLICATION_JSON_TYPE.isCompatible(type) && !type.isWildcardSubtype()) {
            return READER.readJson(document);
        }
        throw Problems.ofStatus(415);
    }

    /** The presentity as it is stored, with its granted expiry; as PIDF where the client prefers that. */
    private static Response.ResponseBuilder answer(Published published, HttpHeaders headers) {
        Presentity presentity = published.presentity();
        Publication publication = presentity.tuple().published();
        PublishedTuple tuple =
                new PublishedTuple(presentity.tupleId(), presentity.tuple().changedAt(), publication);
        Response.ResponseBuilder response = Response.ok()
                .header(HttpHeaders.ETAG, '"' + presentity.entityTag() + '"')
                .header("Presentity-Expires", published.expires());
        if (prefersPidf(headers.getAcceptableMediaTypes())) {
            return response.type(PIDF)
                    .entity(PidfWriter.write(
                            presentity.account(), tuple.id(), publication, tuple.timestamp()));
        }
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonWriter.write(
                        presentity.account(), tuple, published.expires(), presentity.expiresAt()));
    }

    private static boolean prefersPidf(List<MediaType> accepted) {
        for (MediaType type : accepted) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (type.isCompatible(PIDF)) {
                return true;
            }
        }
        return false;
    }
}
