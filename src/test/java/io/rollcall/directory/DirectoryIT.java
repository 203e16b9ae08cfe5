package io.rollcall.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Issuer;
import io.rollcall.client.LdapServer;
import io.rollcall.client.ServerProcess;
import io.rollcall.web.OpenIdConnectTests;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server whose people are looked up in a directory outside, over TLS, and sign in by it, by tokens, or by OpenID Connect.
 */
class DirectoryIT {
    private static final String BUSY = "{\"state\":\"busy\"}";
    private static final String ME = "/api/me";

    @TempDir
    static Path folder;

    private static LdapServer directory;
    private static Issuer issuer;
    private static ServerProcess server;

    @Nested
    class BearerTokens extends BearerTokensTests {
        BearerTokens() {
            super(issuer, server.url());
        }
    }

    @Nested
    class OpenIdConnect extends OpenIdConnectTests {
        OpenIdConnect() {
            super(issuer, server.url());
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Path trust = folder.resolve("trust.p12");
        try (InputStream company = Files.newInputStream(Path.of("liberty/directory-demo.ldif"))) {
            directory = LdapServer.secured(company, trust);
        }
        directory.add("dn: uid=smith,ou=people,dc=example,dc=com", "objectClass: inetOrgPerson", "uid: smith", "cn: John Smith",
                "sn: Smith", "mail: John.Smith@example.com", "ou: Legal", "userPassword: the right one");
        Path issuerTrust = folder.resolve("issuer-trust.p12");
        issuer = new Issuer(issuerTrust);
        Map<String, String> settings = new HashMap<>(Map.of(
                "ROLLCALL_ISSUER_TRUST", issuerTrust.toString(),
                "ROLLCALL_JWT", "on",
                "ROLLCALL_JWT_ISSUER", issuer.url(),
                "ROLLCALL_JWT_AUDIENCE", Issuer.CLIENT,
                "ROLLCALL_JWT_KEYS", issuer.keys(),
                "ROLLCALL_OIDC", "on",
                "ROLLCALL_OIDC_ISSUER", issuer.url(),
                "ROLLCALL_OIDC_CLIENT_ID", Issuer.CLIENT,
                "ROLLCALL_OIDC_CLIENT_SECRET", Issuer.SECRET));
        settings.put("ROLLCALL_OIDC_HTTPS", "false");
        settings.put("ROLLCALL_CORS_ORIGINS", BearerTokensTests.INTRANET);
        // short, so that what a cookie says is looked up anew
        settings.put("ROLLCALL_SIGN_IN_CACHE", "1s");
        settings.putAll(directory.settings(trust));
        settings.put("ROLLCALL_DIRECTORY_REFRESH", "PT1S");
        settings.put("ROLLCALL_DIRECTORY_TIMEOUT", "PT2S");
        server = ServerProcess.start("rollcall-directory", settings);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (issuer != null) {
            issuer.close();
        }
        if (directory != null) {
            directory.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alice,alice,alice@example.com",
        "Alice,alice,alice@example.com",
        "alice@example.com,alice,alice@example.com",
        "zoe,zoe,zoe@partner.example",
        "smith,the right one,John.Smith@example.com",
        "john.smith@EXAMPLE.com,the right one,John.Smith@example.com"
    })
    void who_signs_in_by_name_or_address_has_the_account_that_the_directory_says(
            String name, String password, String account) {
        JsonNode me = Client.withPassword(name, password, server.url()).get(ME).is(200).json();

        assertThat(me.path("account").asText()).isEqualTo(account);
    }

    @Test
    void groups_of_the_directory_have_the_roles() {
        assertThat(as("admin").get(ME).json().path("roles").toString()).isEqualTo("[\"admin\"]");
        assertThat(as("service").get(ME).json().path("roles").toString()).isEqualTo("[\"publisher\"]");
        assertThat(as("bob").get(ME).json().path("roles")).isEmpty();
        as("bob").get("/metrics").isProblem(403, "forbidden");
    }

    @Test
    void who_has_no_account_is_told_so_instead_of_being_signed_in() {
        directory.add("dn: uid=nomail,ou=people,dc=example,dc=com", "objectClass: inetOrgPerson", "uid: nomail", "cn: No Mail",
                "sn: Mail", "userPassword: nomail");
        directory.add("dn: uid=later,ou=people,dc=example,dc=com", "objectClass: inetOrgPerson", "uid: later", "cn: Lara Later",
                "sn: Later", "mail: later@example.com");
        Await.until("the directory was read", () -> as("bob").get("/api/directory?q=later@").text().contains("Lara"));

        Answer answer = Client.nobodyAt(server.url())
                .post("/login", "application/x-www-form-urlencoded", "name=nomail&password=nomail");

        assertThat(answer.header("Location")).endsWith("/login.html?unknown");
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(set -> set.matches("rollcall-session=[^;]{20,}.*"));
    }

    @Test
    void members_of_a_group_in_such_a_group_have_its_role_too() {
        directory.add("dn: cn=helpdesk,ou=groups,dc=example,dc=com", "objectClass: groupOfNames", "cn: helpdesk",
                "member: uid=vera,ou=people,dc=example,dc=com");
        directory.modify("dn: cn=admins,ou=groups,dc=example,dc=com", "changetype: modify", "add: member",
                "member: cn=helpdesk,ou=groups,dc=example,dc=com");

        assertThat(as("vera").get(ME).is(200).json().path("roles").toString()).isEqualTo("[\"admin\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a*", "alice)(uid=*", "*)(|(uid=*", "\\2a", "nobody", "alice)(&", "uid=alice,ou=people,dc=example,dc=com)("})
    void what_is_typed_for_a_name_is_never_part_of_a_filter(String name) {
        Client.withPassword(name, "alice", server.url()).get(ME).isProblem(401, "not-signed-in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "*"})
    void a_wrong_or_empty_password_is_refused(String password) {
        Client.withPassword("alice", password, server.url()).get(ME).isProblem(401, "not-signed-in");
    }

    @Test
    void the_company_is_searched_by_name_address_and_department() {
        JsonNode found = search("engineering");
        assertThat(found.path("people")).hasSizeGreaterThan(5);
        assertThat(found.path("groups").path(0).path("group").asText()).isEqualTo("engineering");
        JsonNode smith = search("john s").path("people").path(0);
        assertThat(smith.path("account").asText()).isEqualTo("John.Smith@example.com");
        assertThat(smith.path("name").asText()).isEqualTo("John Smith");
        assertThat(smith.path("department").asText()).isEqualTo("Legal");
        assertThat(search("*)(uid=*").path("people")).isEmpty();
    }

    @Test
    void watchers_of_a_group_follow_a_change_made_in_the_directory() {
        Client service = as("service");
        service.login("grace@example.com", BUSY);
        service.login("hugo@example.com", BUSY);
        as("bob").get("/api/events?group=board").isProblem(400, "invalid-request");
        directory.add("dn: cn=board,ou=groups,dc=example,dc=com", "objectClass: groupOfNames", "cn: board",
                "member: uid=grace,ou=people,dc=example,dc=com");
        Await.until("the group is known", () -> search("board").path("groups").size() == 1);
        try (Events events = as("bob").stream("/api/events?group=board")) {
            assertThat(events.next().account()).isEqualTo("grace@example.com");

            directory.modify("dn: cn=board,ou=groups,dc=example,dc=com", "changetype: modify", "replace: member",
                    "member: uid=hugo,ou=people,dc=example,dc=com");

            Event left = events.until(event -> event.account().equals("grace@example.com"));
            assertThat(left.json().path("reason").asText()).isEqualTo("noresource");
            assertThat(events.until(event -> event.account().equals("hugo@example.com")).state()).isEqualTo("busy");
        }
    }

    @Test
    void while_the_directory_is_away_the_server_serves_says_so_and_heals() {
        Client bob = as("bob");
        bob.get(ME).is(200);
        assertThat(health().path("available").asBoolean()).isTrue();
        String session = session("carol");

        directory.stop();
        try {
            Await.until("health tells that it is away", () -> !health().path("available").asBoolean());
            Client.nobodyAt(server.url()).get("/health/ready").is(200);
            assertThat(health().path("people").asInt()).isGreaterThan(30);
            Client carol = Client.nobodyAt(server.url());
            carol.get(ME, "Cookie", session).is(200);
            assertThat(carol.get("/api/directory?q=adams", "Cookie", session).is(200).json().path("people")).hasSize(1);
            assertThat(carol.get(Client.presence("ivan@example.com"), "Cookie", session).is(200).json().path("state").asText())
                    .isEqualTo("offline");
        } finally {
            directory.start();
        }

        Await.until("health tells that it is back", () -> health().path("available").asBoolean());
        Await.until("one can sign in again", () -> Client.withPassword("dave", "dave", server.url()).get(ME).status() == 200);
        assertThat(as("admin").get("/metrics").text())
                .containsPattern("(?m)^rollcall_directory_available 1")
                .containsPattern("(?m)^rollcall_directory_people [3-9]\\d")
                .containsPattern("(?m)^rollcall_directory_age ");
    }

    @Test
    void while_the_directory_hangs_who_is_signed_in_is_served_and_who_signs_in_does_not_wait_for_ever() {
        String session = session("carol");
        Client nobody = Client.nobodyAt(server.url());
        directory.hold();
        try {
            CompletableFuture<Answer> signingIn = CompletableFuture.supplyAsync(
                    () -> Client.withPassword("ivan", "ivan", server.url()).get(ME));
            nobody.get(ME, "Cookie", session).is(200);
            nobody.get(Client.presence("ivan@example.com"), "Cookie", session).is(200);
            nobody.get("/health/ready").is(200);

            assertThat(signingIn).succeedsWithin(Duration.ofSeconds(30));
            assertThat(signingIn.join().status()).isIn(401, 503);
        } finally {
            directory.release();
        }
        Await.until("one can sign in again", () -> Client.withPassword("ivan", "ivan", server.url()).get(ME).status() == 200);
    }

    @Test
    void no_password_right_or_wrong_and_no_token_is_in_what_is_logged() {
        String mistyped = "mistyped-" + UUID.randomUUID();
        String token = issuer.tokenFor("bob@example.com").with("aud", "somebody else").signed();
        String form = "name=carol&password=" + mistyped;
        Client.withPassword("alice", mistyped, server.url()).get(ME).isProblem(401, "not-signed-in");
        Client.nobodyAt(server.url()).post("/login", "application/x-www-form-urlencoded", form);
        Client.nobodyAt(server.url()).get(ME, "Authorization", "Bearer " + token).is(401);
        directory.stop();
        try {
            Client.withPassword("heidi", mistyped, server.url()).get(ME).is(401);
        } finally {
            directory.start();
        }
        String session = session("dave").replaceFirst("[^=]*=", "");

        String logs = server.logs();
        assertThat(logs).contains("RC");
        assertThat(List.of(mistyped, token, session, LdapServer.BIND_PASSWORD, Issuer.SECRET))
                .allSatisfy(secret -> assertThat(logs.indexOf(secret)).as(secret).isNegative());
    }

    private static Client as(String name) {
        return Client.as(name, server.url());
    }

    private static JsonNode search(String text) {
        return as("bob")
                .get("/api/directory?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .is(200)
                .json();
    }

    private static JsonNode health() {
        for (JsonNode check : Client.nobodyAt(server.url()).get("/health/ready").json().path("checks")) {
            if (check.path("name").asText().equals("directory")) {
                return check.path("data");
            }
        }
        throw new AssertionError("Nothing is told of the directory");
    }

    private static String session(String name) {
        Answer signedIn = Client.nobodyAt(server.url())
                .post("/login", "application/x-www-form-urlencoded", "name=" + name + "&password=" + name);
        return signedIn.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith("rollcall-session="))
                .map(set -> set.replaceFirst(";.*", ""))
                .findFirst()
                .orElseThrow();
    }
}
