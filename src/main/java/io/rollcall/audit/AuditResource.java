package io.rollcall.audit;

import io.rollcall.directory.Caller;
import io.rollcall.http.Callers;
import io.rollcall.http.RefusedSignIn;
import io.rollcall.http.Requests;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log, for role {@code admin}: a page after the other as JSON, or all of it that fits as CSV. */
@Path("/admin/audit")
@ApplicationScoped
public class AuditResource {
    private static final int PAGE = 50;
    private static final int MOST = 500;
    private static final int EXPORTED_AT_ONCE = 1_000;
    private static final int MOST_EXPORTED = 100_000;

    @Inject
    private AuditLog log;

    @Inject
    private Callers callers;

    @GET
    public Response entries(
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("target") @Nullable String target,
            @QueryParam("action") @Nullable String action,
            @QueryParam("from") @Nullable String from,
            @QueryParam("until") @Nullable String until,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("format") @Nullable String format,
            @Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        caller.mustBeAdmin("The audit log is for role admin");
        Filter filter = new Filter(name(actor), account(target), action(action), time("from", from), time("until", until));
        Position position = given(before) ? Position.parse(before) : Position.NEWEST;
        if (format == null || format.equals("json")) {
            return page(filter, position, limit(limit));
        }
        if (!format.equals("csv")) {
            throw new Problem(Kind.INVALID_REQUEST, "format is json or csv");
        }
        log.before(log.act(request, caller, Action.EXPORT_AUDIT, null, filter.describe()));
        return csv(filter, position);
    }

    private Response page(Filter filter, Position before, int limit) {
        List<Entry> entries = log.find(filter, before, limit);
        JsonArrayBuilder array = Json.createArrayBuilder();
        entries.forEach(entry -> array.add(entry.toJson()));
        JsonObjectBuilder page = Json.createObjectBuilder().add("entries", array);
        if (entries.size() == limit) {
            page.add("next", entries.get(limit - 1).position().toString());
        }
        return Response.ok(page.build().toString())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Response csv(Filter filter, Position newest) {
        StreamingOutput lines = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(Csv.line(List.of("time", "actor", "action", "target", "from", "times", "detail")));
            Position before = newest;
            List<Entry> some;
            int written = 0;
            do {
                some = log.find(filter, before, EXPORTED_AT_ONCE);
                for (Entry entry : some) {
                    writer.write(line(entry));
                    before = entry.position();
                }
                written += some.size();
            } while (some.size() == EXPORTED_AT_ONCE && written < MOST_EXPORTED);
            writer.flush();
        };
        return Response.ok(lines)
                .type("text/csv; charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"rollcall-audit.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static String line(Entry entry) {
        return Csv.line(Arrays.asList(
                entry.at(), entry.actor(), entry.action(), entry.target(), entry.remote(), entry.times(), entry.detail()));
    }

    private static boolean given(@Nullable String parameter) {
        return parameter != null && !parameter.isBlank();
    }

    /** A refused sign-in may have no account. */
    private static @Nullable String name(@Nullable String actor) {
        return RefusedSignIn.UNKNOWN.equals(actor) ? actor : account(actor);
    }

    private static @Nullable String account(@Nullable String text) {
        return given(text) ? Requests.address(text).toString() : null;
    }

    private static @Nullable Action action(@Nullable String word) {
        return given(word)
                ? Action.named(word)
                        .orElseThrow(() -> new Problem(Kind.INVALID_REQUEST, "There is no such action; /openapi lists them"))
                : null;
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        try {
            return given(text) ? Instant.parse(text) : null;
        } catch (DateTimeParseException malformed) {
            throw new Problem(Kind.INVALID_REQUEST, name + " is a time such as 2026-02-27T12:00:00Z");
        }
    }

    private static int limit(@Nullable String text) {
        if (!given(text)) {
            return PAGE;
        }
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw new Problem(Kind.INVALID_REQUEST, "limit is from 1 to " + MOST);
        }
        return limit;
    }
}
