package io.rollcall.publication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Tuple ids: an NCName each (RFC 3863 §4.1.2 types it xs:ID) that no other tuple ever has. */
final class TupleIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 20;

    private TupleIds() {}

    static String random() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return id(bytes);
    }

    /** Always the same for the same name. */
    static String of(String name) {
        try {
            return id(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String id(byte[] bytes) {
        StringBuilder id = new StringBuilder(LENGTH + 1).append('t');
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(bytes[i] & LETTERS.length() - 1));
        }
        return id.toString();
    }
}
