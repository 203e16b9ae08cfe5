package io.rollcall.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A provider of OpenID Connect: discovery, keys, and the authorization code flow with PKCE (RFC 7636), over TLS. Who comes to
 * sign in is taken at once for whom the test says.
 */
public final class Issuer implements AutoCloseable {
    public static final String CLIENT = "rollcall";
    public static final String SECRET = "secret of the client";

    private final SelfSigned certificate;
    private final HttpsServer server;
    private final SigningKey key = new SigningKey("the key");
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile String email = "";
    private volatile UnaryOperator<Token> tampering = UnaryOperator.identity();

    /** @param trust the file to be made, a trust store with its certificate */
    public Issuer(Path trust) {
        certificate = SelfSigned.of("localhost", trust);
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.tls()));
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.createContext("/keys", exchange -> answer(exchange, 200, "{\"keys\":[" + key.toJwk() + "]}"));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    public String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    public String keys() {
        return url() + "/keys";
    }

    public PublicKey publicKey() {
        return key.open();
    }

    /** A browser that trusts it. */
    public Pages pages() {
        return new Pages(certificate.tls());
    }

    /** A token as it makes them for somebody, to be changed and signed. */
    public Token tokenFor(String address) {
        return new Token(key).with("iss", url()).with("aud", CLIENT).with("sub", address).with("email", address);
    }

    /** From now on it is this one who comes to sign in. */
    public void expect(String address) {
        email = address;
        tampering = UnaryOperator.identity();
    }

    /** From now on its id tokens are changed so. */
    public void tamper(UnaryOperator<Token> change) {
        tampering = change;
    }

    private void describe(HttpExchange exchange) throws IOException {
        answer(exchange, 200, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",\
                "jwks_uri":"%1$s/keys","response_types_supported":["code"],"subject_types_supported":["public"],\
                "id_token_signing_alg_values_supported":["RS256"],"scopes_supported":["openid","profile","email"],\
                "token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"],\
                "code_challenge_methods_supported":["S256"]}""".formatted(url()));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> request = parameters(exchange.getRequestURI().getRawQuery());
        if (!CLIENT.equals(request.get("client_id")) || !"code".equals(request.get("response_type"))
                || !"S256".equals(request.get("code_challenge_method"))) {
            answer(exchange, 400, "{\"error\":\"invalid_request\"}");
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, request);
        exchange.getResponseHeaders().add("Location",
                request.get("redirect_uri") + "?code=" + code + "&state=" + request.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> request = codes.remove(form.getOrDefault("code", ""));
        if (request == null || !isClient(exchange, form)
                || !challenge(form.getOrDefault("code_verifier", "")).equals(request.get("code_challenge"))) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        Token id = tokenFor(email).with("nonce", request.get("nonce"));
        answer(exchange, 200, "{\"access_token\":\"" + UUID.randomUUID() + "\",\"token_type\":\"Bearer\","
                + "\"expires_in\":300,\"id_token\":\"" + tampering.apply(id).signed() + "\"}");
    }

    private static boolean isClient(HttpExchange exchange, Map<String, String> form) {
        String basic = "Basic " + Base64.getEncoder()
                .encodeToString((CLIENT + ':' + SECRET.replace(' ', '+')).getBytes(StandardCharsets.UTF_8));
        return basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || (CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret")));
    }

    private static String challenge(String verifier) {
        try {
            return Token.base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static Map<String, String> parameters(String query) {
        return Stream.of(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair.length > 1 ? pair[1] : "", StandardCharsets.UTF_8),
                        (first, second) -> first,
                        HashMap::new));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
