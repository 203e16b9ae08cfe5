package io.rollcall.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A JSON Web Token (RFC 7519) that holds for five minutes, unless it is changed. */
public final class Token {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SigningKey key;
    private final Map<String, Object> claims = new LinkedHashMap<>();

    Token(SigningKey key) {
        this.key = key;
        long now = Instant.now().getEpochSecond();
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("jti", UUID.randomUUID().toString());
    }

    private Token(SigningKey key, Map<String, Object> claims) {
        this.key = key;
        this.claims.putAll(claims);
    }

    /** The same with another claim, or without it. */
    public Token with(String claim, Object value) {
        Token other = new Token(key, claims);
        if (value == null) {
            other.claims.remove(claim);
        } else {
            other.claims.put(claim, value);
        }
        return other;
    }

    /** The same but for a time, so many seconds from now. */
    public Token withTime(String claim, long seconds) {
        return with(claim, Instant.now().getEpochSecond() + seconds);
    }

    /** The same by another key. */
    public Token by(SigningKey other) {
        return new Token(other, claims);
    }

    public String signed() {
        return sealed("RS256", key::sign);
    }

    /** The same sealed by something else. */
    public String sealed(String algorithm, Seal seal) {
        String text = base64("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"" + key.id() + "\"}") + '.'
                + base64(json());
        return text + '.' + base64(seal.of(text));
    }

    /** Makes the last part of a token from those before it. */
    public interface Seal {
        byte[] of(String text);
    }

    private String json() {
        try {
            return JSON.writeValueAsString(claims);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException(never);
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
