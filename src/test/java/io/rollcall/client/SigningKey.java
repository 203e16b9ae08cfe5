package io.rollcall.client;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/** A key to sign tokens with, by RS256 (RFC 7518 §3.3). */
public final class SigningKey {
    private final String id;
    private final KeyPair keys;

    public SigningKey(String id) {
        this.id = id;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    String id() {
        return id;
    }

    /** The public part, which everybody may know. */
    RSAPublicKey open() {
        return (RSAPublicKey) keys.getPublic();
    }

    /** The public part as a JSON Web Key (RFC 7517). */
    String toJwk() {
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + id + "\",\"n\":\""
                + number(open().getModulus()) + "\",\"e\":\"" + number(open().getPublicExponent()) + "\"}";
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Token.base64(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
