package io.rollcall.web;

import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code GET /openapi}: the description of the interface, as YAML or, where asked for, as JSON. Served here and not by
 * the container, whose own {@code /openapi} would be open to everybody.
 */
@WebServlet("/openapi")
public class OpenApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String DESCRIPTION = "/openapi.yaml";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean asJson = wantsJson(request.getParameter("format"), request.getHeader("Accept"));
        byte[] body = asJson ? Description.JSON : Description.YAML;
        response.setContentType(asJson ? "application/json" : "application/yaml");
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", "Accept");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The parameter decides; without it JSON is for those who accept it and do not name YAML. */
    static boolean wantsJson(@Nullable String format, @Nullable String accept) {
        if (format != null) {
            return format.equalsIgnoreCase("json");
        }
        String accepted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        return accepted.contains("application/json") && !accepted.contains("yaml");
    }

    /** Both forms, read once, when the first asks. */
    private static final class Description {
        static final byte[] YAML = read();
        static final byte[] JSON = toJson(YAML);

        private static byte[] read() {
            try (InputStream in = OpenApiServlet.class.getResourceAsStream(DESCRIPTION)) {
                if (in == null) {
                    throw new IllegalStateException("There is no " + DESCRIPTION);
                }
                return in.readAllBytes();
            } catch (IOException damaged) {
                throw new IllegalStateException(DESCRIPTION + " cannot be read", damaged);
            }
        }

        @SuppressWarnings("unchecked")
        private static byte[] toJson(byte[] yaml) {
            Object document = new Load(LoadSettings.builder().build())
                    .loadFromString(new String(yaml, StandardCharsets.UTF_8));
            return Json.createObjectBuilder((Map<String, Object>) document)
                    .build()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
