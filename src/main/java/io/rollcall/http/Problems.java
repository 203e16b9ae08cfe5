package io.rollcall.http;

import io.rollcall.document.InvalidDocument;
import io.rollcall.metrics.Alarm;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.CompletionException;
import java.util.logging.Logger;

/** Answers whatever went wrong as {@code application/problem+json}; what nobody foresaw is logged, and never shown. */
@Provider
public class Problems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(Problems.class.getName());
    public static final String MEDIA_TYPE = "application/problem+json";

    @Override
    public Response toResponse(Throwable failure) {
        return response(failure);
    }

    /** The answer to a failed request. */
    public static Response response(Throwable failure) {
        Problem problem = problem(failure);
        Response.ResponseBuilder response = Response.status(problem.kind().status())
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(problem.toJson());
        Object retryAfter = problem.extensions().get("retryAfter");
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        if (failure instanceof WebApplicationException container
                && container.getResponse().getHeaderString(HttpHeaders.ALLOW) != null) {
            response.header(HttpHeaders.ALLOW, container.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return response.build();
    }

    /** What went wrong, as a problem. */
    public static Problem problem(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
            return problem(wrapped.getCause());
        }
        if (failure instanceof InvalidDocument invalid) {
            return new Problem(Kind.INVALID_DOCUMENT, String.valueOf(invalid.getMessage()));
        }
        if (failure instanceof WebApplicationException container) {
            return ofStatus(container.getResponse().getStatus());
        }
        Alarm.UNFORESEEN.raise(LOG, "A request failed for a reason nobody foresaw", failure);
        return new Problem(Kind.INTERNAL, "The server failed; its log says why. Trying again later may help");
    }

    /** The problem that a bare status code stands for. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> new Problem(Kind.INVALID_REQUEST, "The request cannot be understood; /openapi describes each");
            case 401 ->
                new Problem(Kind.NOT_SIGNED_IN, "Send an Authorization header, or sign in at /login.html and keep the cookie");
            case 403 -> new Problem(Kind.FORBIDDEN, "The signed-in account may not do this");
            case 404 -> new Problem(Kind.NOT_FOUND, "There is no such resource; /openapi lists them");
            case 405 -> new Problem(Kind.METHOD_NOT_ALLOWED, "The header Allow names the methods of this resource");
            case 406 ->
                new Problem(Kind.NOT_ACCEPTABLE, "Accept application/json or application/pidf+xml");
            case 413 -> new Problem(Kind.TOO_LARGE, "Send less");
            case 415 ->
                new Problem(
                        Kind.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type application/json or application/pidf+xml");
            default ->
                status < 500
                        ? new Problem(Kind.INVALID_REQUEST, "The request cannot be answered (" + status + ")")
                        : new Problem(Kind.INTERNAL, "The server failed; its log says why. Trying again later may help");
        };
    }
}
