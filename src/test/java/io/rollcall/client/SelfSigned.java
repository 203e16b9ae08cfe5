package io.rollcall.client;

import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.cert.ManageCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The key of a server, with a certificate that nobody else has signed. */
public final class SelfSigned {
    public static final String TRUST_PASSWORD = "changeit";

    static final String KEYS_PASSWORD = "of the keys";
    private static final String ALIAS = "server";

    private final KeyStore keys;
    private final KeyStore trust;

    private SelfSigned(KeyStore keys, KeyStore trust) {
        this.keys = keys;
        this.trust = trust;
    }

    /**
     * @param name the host that the certificate is made for
     * @param trustFile the file to be made, a trust store with the certificate
     */
    static SelfSigned of(String name, Path trustFile) {
        try {
            KeyStore keys = make(name, Files.createTempDirectory("keys").resolve("keys.p12"));
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
            try (OutputStream out = Files.newOutputStream(trustFile)) {
                trust.store(out, TRUST_PASSWORD.toCharArray());
            }
            return new SelfSigned(keys, trust);
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static KeyStore make(String name, Path file) throws GeneralSecurityException, IOException {
        ResultCode result = ManageCertificates.main(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream(),
                "generate-self-signed-certificate", "--keystore", file.toString(),
                "--keystore-password", KEYS_PASSWORD, "--keystore-type", "PKCS12", "--alias", ALIAS,
                "--subject-dn", "CN=" + name, "--subject-alternative-name-dns", name);
        if (!result.equals(ResultCode.SUCCESS)) {
            throw new IllegalStateException("No certificate was made: " + result);
        }
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            made.load(in, KEYS_PASSWORD.toCharArray());
        }
        return made;
    }

    /** Writes the key and its certificate, as PKCS #12. */
    void writeKeys(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            keys.store(out, KEYS_PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** For a server that has the key, and for clients that trust it. */
    SSLContext tls() {
        try {
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, KEYS_PASSWORD.toCharArray());
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trust);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
