package io.rollcall.http;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers what the container itself refuses, a missing sign-in for one, like every other problem. */
@WebServlet("/problem")
public class ProblemPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Problem problem = failure instanceof Throwable thrown
                ? Problems.problem(rootOf(thrown))
                : Problems.ofStatus(status instanceof Integer code ? code : 404);
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

    private static Throwable rootOf(Throwable thrown) {
        return thrown.getCause() instanceof Problem problem ? problem : thrown;
    }
}
