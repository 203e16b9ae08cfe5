package io.rollcall.web;

import io.rollcall.http.BasicCredentials;
import io.rollcall.http.ProblemPage;
import io.rollcall.http.Refusals;
import io.rollcall.http.RemoteAddress;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Keeps passwords from being guessed by Basic (RFC 7617). After too many failures of a name from one address all that comes
 * from there under that name is refused for the rest of the minute, with the right password too and in the same words: a
 * guess then tells nothing.
 *
 * @implNote The container checks the password before any filter runs. Failures are counted where it has its error page
 *     shown; a success under suspicion is taken back here, with the cookie that came of it.
 */
public class GuessFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient FailedSignIns failed;

    @Inject
    private transient Refusals refusals;

    @Inject
    private transient RemoteAddress remote;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!BasicCredentials.areIn(request)) {
            chain.doFilter(request, response);
            return;
        }
        String from = remote.of(request);
        boolean wrong = Integer.valueOf(401).equals(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        boolean guess = request.getDispatcherType() == DispatcherType.REQUEST || wrong;
        boolean tooMany = guess && failed.anyFrom(from) && failed.tooManyOf(name(request), from);
        if (wrong) {
            failed.add(name(request), from);
        }
        if (tooMany) {
            refusals.refused(name(request), request, "basic, too often");
            refuse(response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.reset();
        response.setHeader("WWW-Authenticate", "Basic realm=\"Rollcall\"");
        ProblemPage.write(
                response,
                new Problem(Kind.TOO_MANY_REQUESTS, "Too many wrong passwords under this name; wait a minute")
                        .with("retryAfter", FailedSignIns.PAUSE.toSeconds()));
    }

    /** The name in the credentials; whatever is none is one name. */
    private static String name(HttpServletRequest request) {
        return Objects.requireNonNullElse(BasicCredentials.name(request), "");
    }
}
