package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.client.Client;
import io.rollcall.client.SharedCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What liberty/production/README.md says of TLS, seen from outside; and that no secret got out in all that came before. */
@Order(SharedCluster.LAST + 1)
class SecuredNodeIT extends ClusterNodes {
    private static final String SIGN_IN = "name=admin&password=admin";

    private final HttpClient browser =
            HttpClient.newBuilder().sslContext(cluster.two().tls()).build();

    @Test
    @DisplayName("RFC 6265 §4.1.2.5 — over TLS all cookies are for TLS alone, and for no script and no other site")
    void cookies_are_kept_safe() throws Exception {
        String session = cookie("rollcall-session", signIn());

        HttpResponse<String> page = get("/admin/overview.xhtml", session.replaceFirst(";.*", ""));

        assertThat(page.statusCode()).isEqualTo(200);
        for (String cookie : List.of(session, cookie("rollcall-console", page))) {
            assertThat(cookie).contains("; Secure", "; HttpOnly", "; SameSite=Lax");
        }
    }

    @Test
    @DisplayName("RFC 6797 §7 — browsers are told to come by TLS alone; only over TLS, for anybody can say it elsewhere")
    void strict_transport_security() throws Exception {
        assertThat(get("/login.html", "").headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");

        assertThat(Client.nobodyAt(cluster.two().url()).get("/login.html").headers().map())
                .doesNotContainKey("strict-transport-security");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLSv1.3 TLS_AES_256_GCM_SHA384"})
    @DisplayName("RFC 9325 §3, §4 — TLS 1.2 and 1.3 with forward secrecy and authenticated encryption")
    void modern_tls(String accepted) throws IOException {
        try (SSLSocket socket = offering(accepted)) {
            socket.startHandshake();

            assertThat(socket.getSession().getProtocol() + ' ' + socket.getSession().getCipherSuite()).isEqualTo(accepted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"})
    @DisplayName("RFC 9325 §4.1 — and nothing else")
    void no_older_tls(String refused) throws IOException {
        try (SSLSocket socket = offering(refused)) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void no_secret_is_in_what_a_node_logs_or_shows() throws Exception {
        String session = cookie("rollcall-session", signIn()).replaceFirst(";.*", "");
        StringBuilder shown = new StringBuilder(cluster.one().logs()).append(cluster.two().logs());
        for (String path : List.of("/health", "/metrics", "/openapi", "/admin/overview.xhtml", "/nothing", "/api/nothing")) {
            shown.append(get(path, session).body());
        }

        assertThat(shown).contains("rollcall_watchers", "Rollcall console");
        assertThat(cluster.secrets()).allSatisfy(secret -> assertThat(shown.indexOf(secret)).as(secret).isNegative());
    }

    private SSLSocket offering(String protocolAndCipher) throws IOException {
        String[] words = protocolAndCipher.split(" ");
        SSLSocket socket = (SSLSocket)
                cluster.two().tls().getSocketFactory().createSocket("localhost", cluster.two().securePort());
        socket.setEnabledProtocols(new String[] {words[0]});
        socket.setEnabledCipherSuites(new String[] {words[1]});
        return socket;
    }

    private HttpResponse<String> signIn() throws IOException, InterruptedException {
        return browser.send(
                to("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(SIGN_IN))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        HttpRequest.Builder request = to(path);
        return browser.send(
                (cookie.isEmpty() ? request : request.header("Cookie", cookie)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + cluster.two().securePort() + path));
    }

    private static String cookie(String name, HttpResponse<?> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith(name + '='))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " in " + response.headers().map()));
    }
}
