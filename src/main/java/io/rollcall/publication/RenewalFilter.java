package io.rollcall.publication;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.document.PercentEncoding;
import io.rollcall.http.Callers;
import io.rollcall.http.ProblemPage;
import io.rollcall.http.Problems;
import io.rollcall.http.Requests;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /api/accounts/{account}/presentities/{tuple}}: modify and refresh (RFC 3903 §4.1). Of all requests these come
 * most often, and JAX-RS costs each of them more than storing it does; so they are taken here, before it. No thread waits for
 * the commit: the answers of a group are written by the one thread that tells its authors.
 */
public class RenewalFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(RenewalFilter.class.getName());
    private static final int MOST_SECONDS = 30;
    /** {@code /api/accounts/{account}/presentities/{tuple}}, split at its slashes. */
    private static final int PARTS = 6;

    private static final int ACCOUNT = 3;
    private static final int TUPLE = 5;

    @Inject
    private transient Publications publications;

    @Inject
    private transient AuditLog audit;

    @Inject
    private transient Callers callers;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String[] path = request.getMethod().equals("PUT") ? request.getRequestURI().split("/", -1) : new String[0];
        if (path.length != PARTS || !path[PARTS - 2].equals("presentities") || path[TUPLE].isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        PublishedForm form;
        CompletableFuture<Published> publication;
        try {
            form = PublishedForm.preferred(joined(request, "Accept"));
            publication = publish(request, Requests.address(decoded(path[ACCOUNT])), decoded(path[TUPLE]));
        } catch (RuntimeException refused) {
            ProblemPage.write(response, Problems.problem(refused));
            return;
        }
        AsyncContext waiting = request.startAsync();
        waiting.setTimeout(0);
        Author author = new Author(waiting, response, form);
        publication.orTimeout(MOST_SECONDS, TimeUnit.SECONDS).whenComplete(author::tell);
    }

    private CompletableFuture<Published> publish(HttpServletRequest request, Address account, String tuple)
            throws IOException {
        Caller caller = callers.of(request);
        caller.mustBePublisherFor(account);
        String tag = Requests.entityTag(request.getHeader("If-Match"));
        Long expires = Requests.seconds(request.getParameter("expires"));
        byte[] document = Requests.body(request, request.getInputStream(), PublishedForm.MOST_BYTES);
        return document.length == 0
                ? publications.refresh(
                        account, tuple, tag, expires, audit.act(request, caller, Action.REFRESH, account, tuple))
                : publications.modify(
                        account,
                        tuple,
                        tag,
                        PublishedForm.read(document, request.getContentType(), account),
                        expires,
                        document.length,
                        audit.act(request, caller, Action.MODIFY, account, tuple));
    }

    /** One who waits for an answer. */
    private record Author(AsyncContext waiting, HttpServletResponse response, PublishedForm form) {

        void tell(@Nullable Published published, @Nullable Throwable failure) {
            try {
                if (published == null) {
                    refuse(failure);
                } else {
                    tell(published, form.write(published));
                }
            } catch (RuntimeException unforeseen) {
                refuse(unforeseen);
            }
        }

        private void refuse(@Nullable Throwable failure) {
            answer(() -> ProblemPage.write(response, problem(failure)));
        }

        private void tell(Published published, byte[] body) {
            if (body.length < response.getBufferSize()) {
                answer(() -> write(published, body));
            } else {
                // more than the response's buffer holds waits for the author to read: others must be told meanwhile
                waiting.start(() -> answer(() -> write(published, body)));
            }
        }

        private void write(Published published, byte[] body) throws IOException {
            response.setHeader("ETag", '"' + published.presentity().entityTag() + '"');
            response.setHeader("Presentity-Expires", Long.toString(published.expires()));
            response.setContentType(form.mediaType());
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }

        private void answer(Writing writing) {
            try {
                writing.write();
            } catch (IOException | RuntimeException gone) {
                LOG.log(Level.FINE, "An author went before the answer came", gone);
            } finally {
                waiting.complete();
            }
        }
    }

    /** Writes an answer. */
    private interface Writing {
        void write() throws IOException;
    }

    private static Problem problem(@Nullable Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new Problem(Kind.UNAVAILABLE, "It is not known yet whether it was stored; look before you try again");
        }
        return Problems.problem(failure == null ? new IllegalStateException("no answer") : failure);
    }

    private static String decoded(String part) {
        String decoded = PercentEncoding.decode(part);
        if (decoded == null) {
            throw new Problem(Kind.INVALID_REQUEST, "'" + part + "' is not percent-encoded as a URI has it");
        }
        return decoded;
    }

    private static String joined(HttpServletRequest request, String header) {
        List<String> values = Collections.list(request.getHeaders(header));
        return String.join(",", values);
    }
}
