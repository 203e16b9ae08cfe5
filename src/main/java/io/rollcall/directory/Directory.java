package io.rollcall.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.rollcall.metrics.Alarm;
import io.rollcall.metrics.Metrics;
import io.rollcall.recurring.Sweeps;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.File;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The directory of the organisation, which is read over LDAP (RFC 4510): by {@code rollcall.directory.servers}, or from
 * a server in this process that holds the file {@code rollcall.directory.ldif}. Without either there is none, and nobody
 * is in it.
 *
 * <p>It is read whole, and again when what is known is older than {@code rollcall.directory.refresh}. In between, and while
 * it does not answer, what was read last is what holds; nobody who asks ever waits for it.
 */
@ApplicationScoped
public class Directory {
    private static final Logger LOG = Logger.getLogger(Directory.class.getName());
    /** At each it is tried again if it did not answer. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final @Nullable LdifServer ldif;
    private final @Nullable LdapServers servers;
    private final @Nullable DirectoryReader reader;
    private final Duration refresh;
    private volatile Listing listing = Listing.EMPTY;
    private volatile boolean known;
    private volatile boolean available;
    private volatile long readAt;
    private @Nullable ResultCode complaint;

    @Inject
    private Sweeps sweeps;

    @Inject
    private Metrics metrics;

    /** There is none; also for CDI's proxy. */
    @SuppressWarnings("NullAway.Init")
    protected Directory() {
        this(new DirectorySettings(name -> Optional.empty()));
    }

    /** @throws IllegalArgumentException naming a setting that cannot be used */
    @Inject
    public Directory(Config config) {
        this(new DirectorySettings(name -> config.getOptionalValue(name, String.class)));
    }

    @SuppressWarnings("NullAway.Init")
    Directory(DirectorySettings settings) {
        refresh = settings.duration("refresh");
        ldif = settings.text("ldif")
                .map(file -> new LdifServer(new File(file), settings.number("port", 0)))
                .orElse(null);
        DirectorySettings effective = ldif == null
                ? settings
                : settings.but(Map.of("servers", ldif.address(), "base", ldif.base(), "tls", "false", "starttls", "false"));
        if (effective.list("servers").isEmpty()) {
            servers = null;
            reader = null;
            known = true;
        } else {
            servers = new LdapServers(effective);
            reader = new DirectoryReader(effective, servers);
        }
    }

    /** Before anybody asks, for who asks must not take an unread directory for an empty one. */
    @PostConstruct
    void begin() {
        look();
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        if (reader == null) {
            return;
        }
        metrics.gauge("rollcall.directory.people", "People in the directory, as read last", this::size);
        metrics.gauge("rollcall.directory.available", "1 if the directory answered when it was read last", () ->
                available ? 1 : 0);
        metrics.gauge("rollcall.directory.age", "Seconds since the directory was read", () -> age().toMillis() / 1000.0);
        sweeps.every(BETWEEN_LOOKS, this::look);
    }

    @PreDestroy
    void stop() {
        if (servers != null) {
            servers.close();
        }
        if (ldif != null) {
            ldif.close();
        }
    }

    /** Whether there is one at all. */
    public boolean exists() {
        return reader != null;
    }

    /** Whether it is known what is in it: at all times but between a start and the first time that it answers. */
    public boolean isKnown() {
        return known;
    }

    /** Whether it answered when it was read last. */
    public boolean isAvailable() {
        return available;
    }

    /** How old is what is known of it. */
    public Duration age() {
        return Duration.ofNanos(known ? System.nanoTime() - readAt : 0);
    }

    /** How many people are in it. */
    public int size() {
        return listing.size();
    }

    Listing listing() {
        return listing;
    }

    /** How old what is known may become before it is read again. */
    Duration refresh() {
        return refresh;
    }

    /** Reads it, if what is known is too old or it did not answer. */
    void look() {
        if (reader == null || (available && age().compareTo(refresh) < 0)) {
            return;
        }
        try {
            Listing next = reader.read();
            if (next.size() == 0 && listing.size() > 0) {
                // rather a right that was taken from us than an organisation without people
                throw new LDAPException(ResultCode.NO_RESULTS_RETURNED, "It shows nobody any more");
            }
            listing = next;
            readAt = System.nanoTime();
            known = true;
            answered();
        } catch (LDAPException away) {
            failed(away);
        }
    }

    private void answered() {
        if (!available) {
            LOG.info(() -> "The directory has been read: " + size() + " people, " + listing.groups().size() + " groups");
        }
        available = true;
        complaint = null;
    }

    /** Said once for each reason, not at every look. */
    private void failed(LDAPException away) {
        available = false;
        if (!away.getResultCode().equals(complaint)) {
            Alarm.DIRECTORY_AWAY.raise(LOG, "The directory cannot be read; "
                    + (known ? "what was read before holds: " : "nothing is known of it yet: ")
                    + reason(away));
        }
        complaint = away.getResultCode();
    }

    /** In one line, whatever the server has said. */
    static String reason(LDAPException away) {
        return away.getResultCode() + ", " + String.valueOf(away.getMessage()).replaceAll("\\p{Cntrl}+", " ");
    }
}
