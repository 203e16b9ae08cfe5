package io.rollcall.http;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Answers what the container itself refuses, a missing sign-in for one, like every other problem. */
@WebServlet("/problem")
public class ProblemPage extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** Where the container sends whoever comes to the provider of OpenID Connect, and refuses whom that does not know. */
    private static final String OPENID_CONNECT = "/login/oidc";

    @Inject
    private transient Refusals refusals;

    @Inject
    @ConfigProperty(name = "rollcall.oidc", defaultValue = "false")
    private transient boolean oidc;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = problem(
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE),
                request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
        Object page = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        boolean navigates = "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
        boolean refusedByProvider = oidc
                && OPENID_CONNECT.equals(page)
                && (problem.kind() == Kind.NOT_SIGNED_IN || problem.kind() == Kind.FORBIDDEN);
        if (refusedByProvider) {
            refusals.refused(null, request, "openid-connect");
        } else if (problem.kind() == Kind.NOT_SIGNED_IN) {
            refusals.notSignedIn(request);
        }
        if (refusedByProvider && navigates) {
            response.sendRedirect("/login.html?refused");
            return;
        }
        if (problem.kind() == Kind.NOT_SIGNED_IN && navigates) {
            response.sendRedirect(
                    "/login.html?next=" + URLEncoder.encode(String.valueOf(page), StandardCharsets.UTF_8));
            return;
        }
        if (problem.kind() == Kind.NOT_SIGNED_IN && request.getHeader("Sec-Fetch-Mode") != null) {
            // a page's script asks: with Basic here the browser would put its own password box before the page
            response.setHeader("WWW-Authenticate", "Cookie realm=\"Rollcall\"");
        }
        write(response, problem);
    }

    /** Answers a servlet's request with a problem. */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        byte[] body = problem.toJson().getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.kind().status());
        response.setContentType(Problems.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        Object retryAfter = problem.extensions().get("retryAfter");
        if (retryAfter != null) {
            response.setHeader("Retry-After", retryAfter.toString());
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The container also throws where a client is at fault, and then has the status right. */
    private static Problem problem(@Nullable Object status, @Nullable Object failure) {
        int code = status instanceof Integer given ? given : 404;
        if (failure instanceof Throwable thrown && (code >= 500 || rootOf(thrown) instanceof Problem)) {
            return Problems.problem(rootOf(thrown));
        }
        return Problems.ofStatus(code);
    }

    private static Throwable rootOf(Throwable thrown) {
        return thrown.getCause() instanceof Problem problem ? problem : thrown;
    }
}
