package io.rollcall.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.GetEntryLDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustStoreTrustManager;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one directory (RFC 4511): of those listed, the first that answers is asked. Each is given the time of
 * {@code timeout} to be connected to and for each answer. A server with TLS must show a certificate that is trusted and
 * made for its name. Referrals are not followed. Nothing is connected to before the first search.
 */
final class LdapServers implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 2;
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(30);
    /** After so long, one that was not the first tried gives way to those before it, should they be back. */
    private static final Duration LONGEST_AT_ANOTHER = Duration.ofMinutes(5);

    private final LDAPConnectionPool connections;
    private final int page;
    private final int most;

    /** @throws IllegalArgumentException naming a setting that cannot be used */
    LdapServers(DirectorySettings settings) {
        page = settings.number("page", 1);
        most = settings.number("limit", 1);
        long timeout = Math.max(1, settings.duration("timeout").toMillis());
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(Math.toIntExact(timeout));
        options.setResponseTimeoutMillis(timeout);
        options.setAbandonOnTimeout(true);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        BindRequest bind = settings.text("bind.name")
                .<BindRequest>map(name -> new SimpleBindRequest(name, settings.needed("bind.password")))
                .orElseGet(SimpleBindRequest::new);
        try {
            connections = new LDAPConnectionPool(
                    servers(settings, options, bind), bind, 0, MOST_CONNECTIONS, 1, null, false, check(timeout));
        } catch (LDAPException never) {
            throw new IllegalStateException("Without a connection nothing can fail yet", never);
        }
        connections.setConnectionPoolName("directory");
        connections.setHealthCheckIntervalMillis(BETWEEN_CHECKS.toMillis());
    }

    private static FailoverServerSet servers(
            DirectorySettings settings, LDAPConnectionOptions options, BindRequest bind) {
        List<String> listed = settings.list("servers");
        String[] hosts = new String[listed.size()];
        int[] ports = new int[hosts.length];
        for (int i = 0; i < hosts.length; i++) {
            int colon = listed.get(i).lastIndexOf(':');
            try {
                ports[i] = Integer.parseInt(listed.get(i).substring(colon + 1));
                hosts[i] = listed.get(i).substring(0, colon).replaceAll("[\\[\\]]", "");
            } catch (RuntimeException none) {
                throw new IllegalArgumentException(
                        "rollcall.directory.servers: '" + listed.get(i) + "' is not like ldap.example.com:636", none);
            }
        }
        SSLSocketFactory tls = settings.flag("tls") ? secured(settings) : null;
        PostConnectProcessor startTls =
                settings.flag("starttls") ? new StartTLSPostConnectProcessor(secured(settings)) : null;
        if (tls != null && startTls != null) {
            throw new IllegalArgumentException("rollcall.directory.starttls needs rollcall.directory.tls=false");
        }
        FailoverServerSet set = new FailoverServerSet(hosts, ports, tls, options, bind, startTls);
        set.setMaxFailoverConnectionAgeMillis(LONGEST_AT_ANOTHER.toMillis());
        return set;
    }

    private static SSLSocketFactory secured(DirectorySettings settings) {
        X509TrustManager trust = settings.text("trust")
                .<X509TrustManager>map(file -> new TrustStoreTrustManager(
                        file, settings.text("trust.password").map(String::toCharArray).orElse(null), null, true))
                .orElseGet(JVMDefaultTrustManager::getInstance);
        try {
            return new SSLUtil(trust).createSSLSocketFactory();
        } catch (GeneralSecurityException failure) {
            throw new IllegalArgumentException("rollcall.directory.trust cannot be used", failure);
        }
    }

    /** A server that is connected to but says nothing is none: its root entry is asked for before each use. */
    private static GetEntryLDAPConnectionPoolHealthCheck check(long timeout) {
        return new GetEntryLDAPConnectionPoolHealthCheck(null, timeout, true, false, true, false, true, true);
    }

    /**
     * Gives each entry below a base that a filter fits, read a page at a time (RFC 2696).
     *
     * @throws LDAPException if no server answers in time, the one that does refuses, or there are more than may be
     */
    void search(String base, Filter filter, List<String> attributes, Consumer<Entry> taker) throws LDAPException {
        LDAPConnection connection = connections.getConnection();
        boolean usable = false;
        try {
            int found = 0;
            ASN1OctetString next = null;
            do {
                SearchRequest request =
                        new SearchRequest(base, SearchScope.SUB, filter, attributes.toArray(String[]::new));
                request.addControl(new SimplePagedResultsControl(page, next, false));
                SearchResult result = connection.search(request);
                found += result.getEntryCount();
                if (found > most) {
                    throw new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED, "More than " + most + " entries fit " + filter
                            + "; narrow the filter or raise rollcall.directory.limit");
                }
                result.getSearchEntries().forEach(taker);
                next = next(result);
            } while (next != null);
            usable = true;
        } finally {
            if (usable) {
                connections.releaseConnection(connection);
            } else {
                connections.releaseDefunctConnection(connection);
            }
        }
    }

    /** Where the next page begins; null after the last one, and where the server knows no pages. */
    private static @Nullable ASN1OctetString next(SearchResult result) throws LDAPException {
        SimplePagedResultsControl answer = SimplePagedResultsControl.get(result);
        return answer != null && answer.moreResultsToReturn() ? answer.getCookie() : null;
    }

    @Override
    public void close() {
        connections.close();
    }
}
