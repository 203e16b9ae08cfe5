package io.rollcall.webhook;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook and this server know, so that the webhook can tell who sends. Its signatures are those of
 * standardwebhooks.com: HMAC-SHA256 over id, time and body.
 */
public final class Secret {
    private static final String PREFIX = "whsec_";
    private static final int KEY_BYTES = 32;
    private static final int LEAST = 16;
    private static final int MOST = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;
    private final byte[] key;

    private Secret(String text, byte[] key) {
        this.text = text;
        this.key = key;
    }

    /** A new one that nobody knows yet. */
    public static Secret generate() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(key), key);
    }

    /**
     * A secret that somebody chose: {@code whsec_} and a key in base64, or else the key itself.
     *
     * @throws Problem {@link Kind#INVALID_REQUEST} if it is malformed, too short or too long; without repeating it
     */
    public static Secret of(String text) {
        byte[] key = key(text);
        if (key.length < LEAST || text.length() > MOST) {
            throw new Problem(
                    Kind.INVALID_REQUEST,
                    "A secret has at least " + LEAST + " bytes and at most " + MOST + " characters; leave it out, and one is made");
        }
        return new Secret(text, key);
    }

    private static byte[] key(String text) {
        if (!text.startsWith(PREFIX)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException malformed) {
            throw new Problem(Kind.INVALID_REQUEST, "After " + PREFIX + " a secret is base64");
        }
    }

    /** The secret itself: for its owner once, and to be stored. */
    public String reveal() {
        return text;
    }

    /**
     * Signs a message.
     *
     * @param timestamp seconds since 1970
     * @return what the header {@code webhook-signature} carries
     */
    public String sign(String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Tells nothing: it must not come into a log. */
    @Override
    public String toString() {
        return "a secret";
    }
}
