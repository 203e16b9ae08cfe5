package io.rollcall.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * An LDAP server in this process with what a file holds (RFC 2849), whose first entry is the base of all others. It
 * listens to this machine alone, and can be read and signed in to, but not changed.
 */
final class LdifServer implements AutoCloseable {
    private final InMemoryDirectoryServer server;
    private final String base;

    /**
     * @param port 0 for any that is free
     * @throws IllegalArgumentException if the file cannot be served, or the port is taken
     */
    LdifServer(File file, int port) {
        try {
            List<Entry> entries = LDIFReader.readEntries(file);
            if (entries.isEmpty()) {
                throw new IllegalArgumentException("rollcall.directory.ldif " + file + " is empty");
            }
            base = entries.get(0).getDN();
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(base);
            config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig(
                    "loopback", InetAddress.getLoopbackAddress(), port, null));
            config.setAllowedOperationTypes(
                    OperationType.BIND, OperationType.UNBIND, OperationType.SEARCH, OperationType.COMPARE,
                    OperationType.ABANDON);
            server = new InMemoryDirectoryServer(config);
            server.importFromLDIF(true, file);
            server.startListening();
        } catch (IOException | LDIFException | LDAPException failure) {
            throw new IllegalArgumentException(
                    "rollcall.directory.ldif " + file + " cannot be served: " + failure.getMessage(), failure);
        }
    }

    String base() {
        return base;
    }

    /** Its address, as in the setting {@code servers}. */
    String address() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ':' + server.getListenPort();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
