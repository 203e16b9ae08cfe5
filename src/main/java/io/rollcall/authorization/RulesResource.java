package io.rollcall.authorization;

import io.rollcall.audit.Act;
import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.http.Callers;
import io.rollcall.http.Requests;
import io.rollcall.policy.Level;
import io.rollcall.policy.PolicyLimits;
import io.rollcall.policy.Ruleset;
import io.rollcall.policy.RulesetJson;
import io.rollcall.policy.RulesetJsonReader;
import io.rollcall.policy.RulesetXml;
import io.rollcall.presentity.Accounts;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An account's rules, whole (RFC 4745, RFC 5025): as {@code application/auth-policy+xml}, or as JSON. */
@Path("/accounts/{account}/authorizations")
@ApplicationScoped
public class RulesResource {
    private static final MediaType XML = new MediaType("application", "auth-policy+xml");

    @Inject
    private RecentRules recent;

    @Inject
    private RulesChanges changes;

    @Inject
    private Groups directory;

    @Inject
    private Accounts accounts;

    @Inject
    private AuditLog audit;

    @Inject
    private Callers callers;

    @GET
    public Response get(
            @PathParam("account") String account,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        boolean xml = prefersXml(headers);
        audit.before(audit.act(request, caller, Action.READ_RULES, owner, ""));
        Rules rules = recent.rules(accounts.find(owner.toString()));
        if (ifNoneMatch != null && (ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(tag(rules, xml)))) {
            return headers(Response.notModified(), rules, xml).build();
        }
        return answer(owner, rules, xml);
    }

    @PUT
    public Response put(
            @PathParam("account") String account,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            InputStream body) {
        Caller caller = callers.of(request);
        Address owner = owner(account, caller);
        boolean xml = isXml(headers.getMediaType());
        UnaryOperator<Edit> edit = read(owner, headers, Requests.body(request, body, PolicyLimits.BYTES));
        Act act = audit.act(request, caller, Action.CHANGE_RULES, owner, "");
        Rules rules = changes.change(owner, stored -> mustMatch(stored, ifMatch, ifNoneMatch), edit, act);
        return answer(owner, rules, xml);
    }

    private UnaryOperator<Edit> read(Address owner, HttpHeaders headers, byte[] body) {
        MediaType type = headers.getMediaType();
        if (isXml(type)) {
            Ruleset ruleset = RulesetXml.read(body, type.getParameters().get(MediaType.CHARSET_PARAMETER));
            return replacing(ruleset);
        }
        if (type == null || type.isWildcardSubtype() || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw new Problem(
                    Kind.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type application/auth-policy+xml or application/json");
        }
        RulesetJsonReader.Wish wish = RulesetJsonReader.read(body);
        Ruleset ruleset = wish.ruleset();
        if (ruleset != null) {
            return replacing(ruleset);
        }
        Set<String> groups =
                wish.groups().isEmpty() ? directory.of(owner) : new HashSet<>(wish.groups());
        Ruleset level = RulesetJsonReader.checked(
                Level.named(String.valueOf(wish.level())).rules(owner.domain(), groups));
        return edit -> edit.replace(level);
    }

    /** Looked through here: all changes of all accounts wait for the thread that makes this one. */
    private static UnaryOperator<Edit> replacing(Ruleset ruleset) {
        Split split = Split.of(ruleset);
        return edit -> edit.replaceAll(split);
    }

    /** Rules that are there are replaced only by one who has seen them (RFC 9110 §13.1). */
    private static void mustMatch(Rules stored, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        boolean exists = stored.edited() > 0;
        if (ifNoneMatch != null && ifNoneMatch.strip().equals("*")) {
            if (exists) {
                throw new Problem(Kind.CONDITION_FAILED, "There are rules already; get them, and send If-Match");
            }
            return;
        }
        if (ifMatch == null && !exists) {
            return;
        }
        String tag = Requests.entityTag(ifMatch);
        boolean current = tag.equals("*") ? exists : tag.startsWith(plainTag(stored) + '-');
        if (!current) {
            throw new Problem(
                    Kind.CONDITION_FAILED,
                    "The entity-tag is not the current one: the rules were changed since. Get them, and try again");
        }
    }

    /** @throws Problem if one more decision on a watcher would make a document that cannot be put again */
    static void mustHaveRoom(Rules stored, Address watcher) {
        if (stored.decides(watcher)) {
            return;
        }
        long decided = stored.decided();
        long general = stored.general().rules().size();
        if (decided + general >= PolicyLimits.RULES || (decided + 1) * (general + 2) >= PolicyLimits.PARTS) {
            throw new Problem(
                    Kind.INVALID_REQUEST,
                    "There are " + decided + " decisions on single watchers and " + general
                            + " rules already, which is all an account may have; write a rule for several watchers");
        }
    }

    private static Address owner(String account, Caller caller) {
        Address owner = Requests.address(account);
        caller.mustBeOwnerOf(owner);
        return owner;
    }

    private static Response answer(Address owner, Rules rules, boolean xml) {
        Ruleset document = rules.document();
        String text = xml
                ? RulesetXml.write(document)
                : RulesetJson.write(document, Level.of(rules.general(), owner.domain()));
        return headers(Response.ok(text).type(xml ? XML : MediaType.APPLICATION_JSON_TYPE), rules, xml)
                .build();
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder response, Rules rules, boolean xml) {
        return response.header(HttpHeaders.ETAG, tag(rules, xml))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Accept, Authorization, Cookie");
    }

    private static String tag(Rules rules, boolean xml) {
        return '"' + plainTag(rules) + (xml ? "-xml\"" : "-json\"");
    }

    private static String plainTag(Rules rules) {
        return "r" + rules.edited();
    }

    private static boolean isXml(@Nullable MediaType type) {
        return type != null && !type.isWildcardSubtype() && XML.isCompatible(type);
    }

    private static boolean prefersXml(HttpHeaders headers) {
        for (MediaType type : headers.getAcceptableMediaTypes()) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (type.isCompatible(XML)) {
                return true;
            }
        }
        throw new Problem(Kind.NOT_ACCEPTABLE, "Accept application/json or application/auth-policy+xml");
    }
}
