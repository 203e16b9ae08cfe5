package io.rollcall.watcherinfo;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Who watches an account, asked for once: always the full state (RFC 3857 §4.7.2). */
@Path("/accounts/{account}/watchers")
@ApplicationScoped
public class WatchersResource {
    private static final MediaType WATCHERINFO = MediaType.valueOf("application/watcherinfo+xml");

    @Inject
    private Watchers watchers;

    @Inject
    private DatabaseClock clock;

    @Inject
    private AuditLog audit;

    @Inject
    private Callers callers;

    @GET
    public Response watchers(
            @PathParam("account") String account, @Context HttpServletRequest request, @Context HttpHeaders headers) {
        Caller caller = callers.of(request);
        Address address = Requests.address(account);
        boolean asJson = asksForJson(headers);
        audit.before(audit.act(request, caller, Action.READ_WATCHERS, address, ""));
        WatcherInfo info = new WatcherInfo(address.toString(), 0, true, watchers.of(address, caller));
        String text = asJson ? WatcherInfoWriter.json(info, clock.now()) : WatcherInfoWriter.xml(info, clock.now());
        return Response.ok(text.getBytes(StandardCharsets.UTF_8))
                .type(asJson ? MediaType.APPLICATION_JSON_TYPE : WATCHERINFO)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Accept, Authorization, Cookie")
                .build();
    }

    /** Whether JSON is what the client likes best; it is also where the client does not say. */
    private static boolean asksForJson(HttpHeaders headers) {
        for (MediaType type : headers.getAcceptableMediaTypes()) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return true;
            }
            if (type.isCompatible(WATCHERINFO)) {
                return false;
            }
        }
        throw new Problem(Kind.NOT_ACCEPTABLE, "Accept application/json or application/watcherinfo+xml");
    }
}
