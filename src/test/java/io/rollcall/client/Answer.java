package io.rollcall.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.document.SchemaCheck;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What a server answered, and what is right of every answer. */
public record Answer(int status, HttpHeaders headers, byte[] body) {

    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return Json.read(text());
    }

    public String header(String name) {
        return headers.firstValue(name).orElseThrow(() -> new AssertionError("No header " + name + " in " + this));
    }

    public String mediaType() {
        return headers.firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    }

    public Answer is(int expected) {
        assertThat(status).as(text()).isEqualTo(expected);
        return this;
    }

    /** A presence document in PIDF, valid by the schemas. */
    public String pidf() {
        assertThat(mediaType()).isEqualTo("application/pidf+xml");
        return SchemaCheck.valid(text());
    }

    /** A problem of that status and type (RFC 9457), that says what to do and nothing of the server's inside. */
    public Answer isProblem(int expected, String type) {
        is(expected);
        assertThat(mediaType()).as(text()).isEqualTo("application/problem+json");
        assertThat(json().path("type").asText()).isEqualTo("urn:rollcall:problem:" + type);
        assertThat(json().path("status").asInt()).isEqualTo(expected);
        assertThat(json().path("title").asText()).isNotBlank();
        assertThat(json().path("detail").asText()).isNotBlank();
        assertThat(text()).doesNotContain("Exception", "\tat ", "io.rollcall", "java.");
        return this;
    }

    /** The headers but for those that differ between any two answers. */
    public Map<String, Object> stableHeaders() {
        Map<String, Object> stable = new TreeMap<>(headers.map());
        stable.remove("date");
        stable.remove("set-cookie"); // the caller's own
        return stable;
    }

    @Override
    public String toString() {
        return status + " " + headers.map() + "\n" + text();
    }
}
