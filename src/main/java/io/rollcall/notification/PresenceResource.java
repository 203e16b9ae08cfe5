package io.rollcall.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rollcall.audit.Looks;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Callers;
import io.rollcall.http.Format;
import io.rollcall.http.Problems;
import io.rollcall.http.Requests;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.subscription.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Presence for whoever asks once: of one account, or of many. */
@Path("/")
@ApplicationScoped
public class PresenceResource {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int QUERY_BYTES = 512 * 1024;
    /** So many characters fill an answer; only what is hostile comes to that. */
    private static final int MOST_ANSWERED = 16 * 1024 * 1024;

    @Inject
    private Accounts accounts;

    @Inject
    private Views views;

    @Inject
    private Resources resources;

    @Inject
    private Callers callers;

    @Inject
    private Looks looks;

    @Inject
    @ConfigProperty(name = "rollcall.limits.query", defaultValue = "1000")
    private int mostQueried;

    @GET
    @Path("accounts/{account}/presence")
    public Response presence(
            @PathParam("account") String account,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers) {
        Caller caller = callers.of(request);
        Format format = accepted(headers.getAcceptableMediaTypes());
        Address asked = Requests.address(account);
        looks.before(request, caller, List.of(asked));
        Rendition rendition = view(accounts.find(asked.toString()), caller).visible();
        String tag = '"' + rendition.entityTag(format) + '"';
        Response.ResponseBuilder response = matches(ifNoneMatch, tag)
                ? Response.notModified()
                : Response.ok(rendition.bytes(format)).type(format.mediaType());
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Accept, Authorization, Cookie")
                .build();
    }

    @POST
    @Path("presence/query")
    public Response query(@Context HttpServletRequest request, @Context HttpHeaders headers, InputStream body) {
        Caller caller = callers.of(request);
        if (headers.getMediaType() == null
                || !MediaType.APPLICATION_JSON_TYPE.isCompatible(headers.getMediaType())) {
            throw new Problem(Kind.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type application/json");
        }
        List<String> asked = readQuery(Requests.body(request, body, QUERY_BYTES));
        Map<String, AccountPresence> found = new LinkedHashMap<>();
        List<Address> addresses = asked.stream().flatMap(text -> Address.parse(text).stream()).toList();
        looks.before(request, caller, addresses);
        accounts.findAll(addresses.stream().map(Address::toString).toList()).forEach(account -> found.put(account.address(), account));
        StringBuilder json = new StringBuilder(asked.size() * 400).append("{\"presence\":[");
        for (int i = 0; i < asked.size(); i++) {
            appendResult(i == 0 ? json : json.append(','), asked.get(i), found, caller);
        }
        return Response.ok(json.append("]}").toString().getBytes(StandardCharsets.UTF_8))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }

    /** Each account with its document, or with the problem that a request for it alone would be answered with. */
    private void appendResult(StringBuilder json, String asked, Map<String, AccountPresence> found, Caller caller) {
        JsonText.append(json.append("{\"account\":"), asked);
        try {
            if (json.length() > MOST_ANSWERED) {
                throw new Problem(Kind.TOO_LARGE, "The documents of the others fill the answer; ask for this one again");
            }
            AccountPresence account = found.get(Requests.address(asked).toString());
            if (account == null) {
                throw notKnown(asked);
            }
            String document = view(account, caller).visible().text(Format.JSON);
            json.append(",\"presence\":").append(document);
        } catch (Problem problem) {
            json.append(",\"problem\":").append(problem.toJson());
        }
        json.append('}');
    }

    private View view(AccountPresence account, Caller caller) {
        View view = views.view(account, caller);
        boolean known = resources.include(account) || caller.owns(Requests.address(account.address()));
        if (!known && view.rendition() != null) {
            throw notKnown(account.address());
        }
        return view;
    }

    private static Problem notKnown(String account) {
        return new Problem(Kind.NOT_FOUND, "Nobody knows an account " + account + "; check the spelling");
    }

    private List<String> readQuery(byte[] body) {
        List<String> accounts = new ArrayList<>();
        try (JsonParser in = JSON.createParser(body)) {
            boolean started = in.nextToken() == JsonToken.START_OBJECT
                    && "accounts".equals(in.nextFieldName())
                    && in.nextToken() == JsonToken.START_ARRAY;
            while (started && in.nextToken() == JsonToken.VALUE_STRING && accounts.size() <= mostQueried) {
                accounts.add(in.getText());
            }
            boolean ended = started
                    && in.currentToken() == JsonToken.END_ARRAY
                    && in.nextToken() == JsonToken.END_OBJECT
                    && in.nextToken() == null;
            if (accounts.size() > mostQueried) {
                throw new Problem(Kind.INVALID_REQUEST, "Ask for at most " + mostQueried + " accounts at once");
            }
            if (ended) {
                return accounts;
            }
        } catch (IOException malformed) {
            // answered below
        }
        throw new Problem(Kind.INVALID_REQUEST, "Send {\"accounts\":[\"alice@example.com\", …]}, in UTF-8");
    }

    private static boolean matches(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String candidate : ifNoneMatch.split(",")) {
            String plain = candidate.strip();
            // weak comparison (RFC 9110 §13.1.2)
            if (plain.equals("*") || plain.equals(tag) || plain.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /** The format the client likes best (RFC 9110 §12.5.1); JSON where it does not say. */
    private static Format accepted(List<MediaType> accepted) {
        for (MediaType type : accepted) {
            for (Format format : Format.values()) {
                if (type.isCompatible(MediaType.valueOf(format.mediaType()))) {
                    return format;
                }
            }
        }
        throw Problems.ofStatus(406);
    }
}
