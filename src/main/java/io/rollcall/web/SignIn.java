package io.rollcall.web;

import io.rollcall.http.Callers;
import io.rollcall.http.ProblemPage;
import io.rollcall.http.Refusals;
import io.rollcall.http.RemoteAddress;
import io.rollcall.http.Requests;
import io.rollcall.http.Sessions;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.event.Event;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Signing in and out again; a session cookie stands for the password from then on. {@code POST /login} takes the form's name
 * and password. At {@code /login/oidc} the container sends whoever is not signed in to the provider of OpenID Connect.
 */
@WebServlet(urlPatterns = {"/login", "/login/oidc", "/logout"})
public class SignIn extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_NAME = 320;
    private static final int MOST_PASSWORD = 1024;
    private static final int MOST_FORM = 16 * 1024;

    @Inject
    private transient FailedSignIns failed;

    @Inject
    private transient Refusals refusals;

    @Inject
    private transient RemoteAddress remote;

    @Inject
    private transient Callers callers;

    @Inject
    private transient Event<Sessions.Ended> ended;

    @Inject
    @ConfigProperty(name = "rollcall.oidc", defaultValue = "false")
    private transient boolean oidc;

    /** Whoever comes to {@code /login/oidc} is signed in by now; {@code /login} tells how one can sign in. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getServletPath().equals("/login/oidc")) {
            enter(request.getParameter("next"), "openid-connect", request, response);
        } else {
            response.setContentType("application/json");
            response.getWriter().write("{\"oidc\":" + oidc + '}');
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getServletPath().equals("/logout")) {
            leave(request);
            response.sendRedirect("/login.html?bye");
            return;
        }
        Map<String, String> form;
        try {
            form = Requests.form(request, MOST_FORM);
        } catch (Problem refused) {
            ProblemPage.write(response, refused);
            return;
        }
        String name = form.get("name");
        String password = form.get("password");
        if (name == null || password == null || name.length() > MOST_NAME || password.length() > MOST_PASSWORD) {
            response.sendRedirect("/login.html?failed");
        } else if (failed.tooMany(name, remote.of(request))) {
            refusals.refused(name, request, "form, too often");
            response.sendRedirect("/login.html?wait");
        } else {
            signIn(name, password, form.get("next"), request, response);
        }
    }

    private void signIn(
            String name, String password, @Nullable String next, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getUserPrincipal() != null) {
            leave(request);
        }
        try {
            request.login(name, password);
        } catch (ServletException refused) {
            failed.add(name, remote.of(request));
            refusals.refused(name, request, "form");
            response.sendRedirect("/login.html?failed");
            return;
        }
        enter(next, "form", request, response);
    }

    /** Whoever is signed in, but has no account, can do nothing here and is told so. */
    private void enter(
            @Nullable String next, String means, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            callers.of(request);
            response.sendRedirect(localPath(next));
        } catch (Problem none) {
            if (none.kind() == Kind.FORBIDDEN) {
                refusals.refused(null, request, means + ", no account");
                // with the cookie that came of it
                response.reset();
                leave(request);
                response.sendRedirect("/login.html?unknown");
            } else {
                ProblemPage.write(response, none);
            }
        }
    }

    /** Also from the console, which keeps its pages in a session of its own. */
    private void leave(HttpServletRequest request) throws ServletException {
        UUID session = Sessions.of(request);
        HttpSession pages = request.getSession(false);
        if (pages != null) {
            pages.invalidate();
        }
        request.logout();
        if (session != null) {
            ended.fire(new Sessions.Ended(session));
        }
    }

    /** A path on this server; anything that could lead elsewhere leads to the main page. */
    static String localPath(@Nullable String next) {
        boolean local = next != null
                && isPlain(next.split("[?#]", 2)[0])
                && next.chars().noneMatch(c -> c == '\\' || c < ' ' || c == 0x7f)
                && !next.startsWith("/login");
        return local ? next : "/";
    }

    /** Whether a path has no empty segment, and none of dots alone: what the container makes of them is not always a path. */
    private static boolean isPlain(String path) {
        String closed = path + '/';
        return path.startsWith("/")
                && !path.contains("//")
                && !closed.contains("/./")
                && !closed.contains("/../");
    }
}
