package io.rollcall.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.Issuer;
import io.rollcall.client.SigningKey;
import io.rollcall.client.Token;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a server with {@code ROLLCALL_JWT=on} makes of tokens (RFC 6750, RFC 7519). */
abstract class BearerTokensTests {
    private static final String ME = "/api/me";
    private static final String NAME = "bob@example.com";
    /** The site that {@code ROLLCALL_CORS_ORIGINS} names. */
    static final String INTRANET = "https://intranet.example.com";
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private final Issuer issuer;
    private final String server;

    BearerTokensTests(Issuer issuer, String server) {
        this.issuer = issuer;
        this.server = server;
    }

    @Test
    void a_token_signs_in_as_the_account_that_the_directory_has_for_its_claim() {
        JsonNode me = with(issuer.tokenFor("john.smith@EXAMPLE.com").signed()).get(ME).is(200).json();

        assertThat(me.path("account").asText()).isEqualTo("John.Smith@example.com");
        assertThat(me.path("roles")).isEmpty();
    }

    @Test
    void its_groups_have_the_roles() {
        Client admin = with(issuer.tokenFor("robot@example.com").with("groups", List.of("staff", "admins")).signed());

        assertThat(admin.get(ME).is(200).json().path("roles").toString()).isEqualTo("[\"admin\"]");
        admin.get("/metrics").is(200);
    }

    @Test
    void it_says_alone_what_its_bearer_may_do() {
        Client.withPassword("admin@example.com", "admin", server).get("/metrics").is(200);
        Token token = issuer.tokenFor("admin@example.com");

        with(token.signed()).get("/metrics").isProblem(403, "forbidden");
        with(token.with("groups", List.of("admins")).signed()).get("/metrics").is(200);
        with(token.signed()).get("/metrics").isProblem(403, "forbidden");
    }

    @Test
    void passwords_are_good_beside_it() {
        Client.as("bob", server).get(ME).is(200);
        assertThat(Client.nobodyAt(server).get(ME).isProblem(401, "not-signed-in").header("WWW-Authenticate"))
                .startsWith("Basic");
    }

    @Test
    void it_publishes_and_watches_and_leaves_no_session() {
        Client bob = with(issuer.tokenFor(NAME).signed());
        bob.login(NAME, "{\"state\":\"busy\"}");
        try (Events events = bob.watch(NAME)) {
            assertThat(events.next().state()).isEqualTo("busy");
        }
        assertThat(bob.get(ME).headers().allValues("Set-Cookie")).noneMatch(set -> set.matches("rollcall-session=[^;]{20,}.*"));
    }

    @Test
    void a_page_of_another_site_that_is_named_gets_a_ticket_by_it_and_watches() {
        Client bob = with(issuer.tokenFor(NAME).signed());
        Client script = Client.nobodyAt(server);
        bob.login(NAME, "{\"state\":\"busy\"}");
        Answer asked = Client.send(script.request("/api/tickets", "Origin", INTRANET)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(asked.is(204).header(ALLOWED)).isEqualTo(INTRANET);
        assertThat(asked.header("Access-Control-Allow-Headers")).contains("Authorization");

        Answer given = bob.post("/api/tickets", Client.JSON, "", "Origin", INTRANET, "Sec-Fetch-Site", "cross-site").is(201);
        assertThat(given.header(ALLOWED)).isEqualTo(INTRANET);
        String path = "/api/events?account=" + NAME + "&ticket=" + given.json().path("ticket").asText();

        try (Events events = script.stream(path, "Origin", INTRANET, "Sec-Fetch-Site", "cross-site")) {
            assertThat(events.next().state()).isEqualTo("busy");
            assertThat(events.response().headers().firstValue(ALLOWED)).contains(INTRANET);
        }
        bob.post("/api/tickets", Client.JSON, "", "Origin", "https://elsewhere.example").isProblem(403, "forbidden");
        bob.post("/api/tickets", Client.JSON, "", "Origin", INTRANET + ".elsewhere.example").isProblem(403, "forbidden");
    }

    @TestFactory
    @DisplayName("RFC 8725 — a token that is not wholly right is none")
    Stream<DynamicTest> refused() {
        Token good = issuer.tokenFor(NAME);
        return Map.ofEntries(
                        Map.entry("expired", good.withTime("iat", -900).withTime("exp", -120).signed()),
                        Map.entry("never expires", good.with("exp", null).signed()),
                        Map.entry("not yet good", good.withTime("nbf", 300).signed()),
                        Map.entry("for another audience", good.with("aud", "payroll").signed()),
                        Map.entry("for no audience", good.with("aud", null).signed()),
                        Map.entry("of another issuer", good.with("iss", "https://elsewhere.example").signed()),
                        Map.entry("of no issuer", good.with("iss", null).signed()),
                        Map.entry("by another key of the same name", good.by(new SigningKey("the key")).signed()),
                        Map.entry("by a key that the issuer does not show", good.by(new SigningKey("another")).signed()),
                        Map.entry("not signed", good.sealed("none", text -> new byte[0])),
                        Map.entry("not signed, in other letters", good.sealed("NoNe", text -> new byte[0])),
                        Map.entry("signed by what everybody knows", good.sealed("HS256", this::byPublicKey)),
                        Map.entry("changed afterwards", changed(good)),
                        Map.entry("without a name", good.with("email", null).signed()),
                        Map.entry("no token", "nonsense"),
                        Map.entry("no JSON", "bm90.anNvbg.c2ln"))
                .entrySet()
                .stream()
                .map(bad -> DynamicTest.dynamicTest(bad.getKey(), () -> refuses(bad.getValue())));
    }

    private void refuses(String token) {
        for (String path : List.of(ME, "/api/events?account=" + NAME, "/api/socket")) {
            Answer answer = with(token).get(path);
            answer.isProblem(401, "not-signed-in");
            assertThat(answer.text()).doesNotContain("CWWK");
        }
    }

    private byte[] byPublicKey(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(issuer.publicKey().getEncoded(), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** The claims of an administrator with the signature of somebody else's. */
    private static String changed(Token token) {
        String[] parts = token.signed().split("\\.");
        String[] other = token.with("email", "admin@example.com").signed().split("\\.");
        return parts[0] + '.' + other[1] + '.' + parts[2];
    }

    private Client with(String token) {
        return Client.withToken(token, server);
    }
}
