package io.rollcall.client;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;

/** An LDAP server of a test's own, which can be stopped, started again, held up and listened to. */
public final class LdapServer implements AutoCloseable {
    public static final String BASE = "dc=example,dc=com";
    public static final String BIND_NAME = "cn=rollcall,dc=example,dc=com";
    public static final String BIND_PASSWORD = "secret of the server";

    private final InMemoryDirectoryServer server;
    private final int port;
    private final List<SearchRequest> searches = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile boolean holdsSearches;

    private LdapServer(InMemoryListenerConfig listener, boolean withSchema, InputStream ldif) {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
            config.setListenerConfigs(listener);
            config.addAdditionalBindCredentials(BIND_NAME, BIND_PASSWORD);
            config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
            config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
                @Override
                public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
                    heed(request.getRequest().duplicate());
                }
            });
            if (withSchema) {
                // what directories have; without, each search would go through all people
                config.setEqualityIndexAttributes("uid", "member", "uniqueMember");
            } else {
                config.setSchema(null);
            }
            server = new InMemoryDirectoryServer(config);
            server.importFromLDIF(true, new LDIFReader(ldif));
            server.startListening();
            port = server.getListenPort();
        } catch (LDAPException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** One that speaks plainly, with these lines of LDIF. */
    public static LdapServer of(String ldif) {
        return new LdapServer(plain(), true, stream(ldif));
    }

    /** One that takes any attribute, as a directory with a schema of its own has them. */
    public static LdapServer withoutSchema(String ldif) {
        return new LdapServer(plain(), false, stream(ldif));
    }

    /**
     * One with TLS from the first byte on, and a certificate made for {@code localhost} that nobody has signed.
     *
     * @param trust the file to be made, a trust store with that certificate
     */
    public static LdapServer secured(InputStream ldif, Path trust) {
        return secured("localhost", ldif, trust);
    }

    /** The same, with a certificate that is made for another name. */
    public static LdapServer secured(String name, InputStream ldif, Path trust) {
        return new LdapServer(tls(name, trust, true), true, ldif);
    }

    /** One that speaks plainly until it is asked for TLS (RFC 4511 §4.14). */
    public static LdapServer withStartTls(String ldif, Path trust) {
        return new LdapServer(tls("localhost", trust, false), true, stream(ldif));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InMemoryListenerConfig plain() {
        try {
            return InMemoryListenerConfig.createLDAPConfig(
                    "plain", InetAddress.getLoopbackAddress(), FreePort.find(), null);
        } catch (LDAPException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static InMemoryListenerConfig tls(String name, Path trust, boolean fromTheStart) {
        SSLContext tls = SelfSigned.of(name, trust).tls();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            return fromTheStart
                    ? InMemoryListenerConfig.createLDAPSConfig(
                            "tls", loopback, FreePort.find(), tls.getServerSocketFactory(), null)
                    : InMemoryListenerConfig.createLDAPConfig(
                            "startTls", loopback, FreePort.find(), tls.getSocketFactory());
        } catch (LDAPException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * What a server is told to sign people in by this one.
     *
     * @param trust the file that {@link #secured} was given
     */
    public Map<String, String> settings(Path trust) {
        return Map.of(
                "ROLLCALL_USERS_KIND", "ldap",
                "ROLLCALL_DIRECTORY_HOST", "localhost",
                "ROLLCALL_DIRECTORY_PORT", String.valueOf(port),
                "ROLLCALL_DIRECTORY_TRUST", trust.toString(),
                "ROLLCALL_DIRECTORY_TRUST_PASSWORD", SelfSigned.TRUST_PASSWORD,
                "ROLLCALL_DIRECTORY_BASE", BASE,
                "ROLLCALL_DIRECTORY_BIND_NAME", BIND_NAME,
                "ROLLCALL_DIRECTORY_BIND_PASSWORD", BIND_PASSWORD);
    }

    public int port() {
        return port;
    }

    public String address() {
        return "localhost:" + port;
    }

    /** The searches below its base that it was asked for. */
    public List<SearchRequest> searches() {
        return searches;
    }

    /** Changes it, by lines of LDIF. */
    public void modify(String... ldif) {
        try {
            server.modify(ldif);
        } catch (LDAPException | LDIFException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public void add(String... ldif) {
        try {
            server.add(ldif);
        } catch (LDAPException | LDIFException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public void deleteTree(String name) {
        try {
            server.deleteSubtree(name);
        } catch (LDAPException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** From now on it takes searches, and does not answer them. */
    public void hold() {
        held = new CountDownLatch(1);
        holdsSearches = true;
    }

    public void release() {
        holdsSearches = false;
        held.countDown();
    }

    private void heed(SearchRequest request) {
        if (!request.getBaseDN().isEmpty()) {
            searches.add(request);
        }
        if (holdsSearches) {
            try {
                held.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends all connections and takes none any more. */
    public void stop() {
        server.shutDown(true);
    }

    /** Begins again at the same port. */
    public void start() {
        try {
            server.startListening();
        } catch (LDAPException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        release();
        server.shutDown(true);
    }
}
