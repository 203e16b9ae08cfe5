package io.rollcall.web;

import io.rollcall.http.Callers;
import io.rollcall.http.ProblemPage;
import io.rollcall.metrics.Metrics;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /metrics}: the meters in the text format of Prometheus, for role {@code admin}. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Metrics metrics;

    @Inject
    private transient Callers callers;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!callers.of(request).admin()) {
            ProblemPage.write(response, new Problem(Kind.FORBIDDEN, "Metrics are for role admin"));
            return;
        }
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.getWriter().write(metrics.scrape());
    }
}
