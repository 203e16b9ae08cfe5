package io.rollcall.ticket;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.presentity.Database;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.recurring.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.StatelessSession;

/** The tickets that are still to be used, of all nodes: one node gives a ticket out, any takes it, and only once. */
@ApplicationScoped
class Tickets {
    private static final int BYTES = 32;
    /** What is none at sight costs no look into the database. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final int MOST = 100;
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    private Database database;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Sweeps sweeps;

    @Inject
    @ConfigProperty(name = "rollcall.tickets.expires", defaultValue = "PT30S")
    private Duration life;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps.every(BETWEEN_SWEEPS, this::forgetExpired);
    }

    /** How long each is good for. */
    Duration life() {
        return life;
    }

    /**
     * Gives out a new one.
     *
     * @throws Problem {@link Kind#TOO_MANY_REQUESTS} if the caller has very many that were not used yet
     */
    String issue(Caller caller) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        long now = clock.now().toEpochMilli();
        database.store(session -> {
            refuseIfTooMany(session, caller.account(), now);
            return session.createNativeMutationQuery("insert into ticket (digest, account, publisher, admin, expires_at)"
                            + " values (:digest, :account, :publisher, :admin, :expires)")
                    .setParameter("digest", digest(ticket))
                    .setParameter("account", caller.account().toString())
                    .setParameter("publisher", caller.publisher())
                    .setParameter("admin", caller.admin())
                    .setParameter("expires", now + life.toMillis())
                    .executeUpdate();
        });
        return ticket;
    }

    private void refuseIfTooMany(StatelessSession session, Address account, long now) {
        long unused = session.createNativeQuery(
                        "select count(*) from ticket where account = :account and expires_at > :now", Long.class)
                .setParameter("account", account.toString())
                .setParameter("now", now)
                .getSingleResult();
        if (unused >= MOST) {
            throw new Problem(Kind.TOO_MANY_REQUESTS, "Use the tickets you have; each is good for " + life.toSeconds() + " s")
                    .with("retryAfter", Math.max(1, life.toSeconds()));
        }
    }

    /** Takes one, and tells whom it stands for; empty if it is not good any more, or never was. */
    Optional<Caller> redeem(String ticket) {
        if (!FORM.matcher(ticket).matches()) {
            return Optional.empty();
        }
        String digest = digest(ticket);
        return database.store(session -> {
            Object[] row = session.createNativeQuery(
                            "select account, publisher, admin from ticket where digest = :digest and expires_at > :now",
                            Object[].class)
                    .setParameter("digest", digest)
                    .setParameter("now", clock.now().toEpochMilli())
                    .getSingleResultOrNull();
            // of those who come with it at once, on whichever nodes, one deletes it
            return row != null && delete(session, digest) ? Optional.of(caller(row)) : Optional.empty();
        });
    }

    private static boolean delete(StatelessSession session, String digest) {
        return session.createNativeMutationQuery("delete from ticket where digest = :digest")
                        .setParameter("digest", digest)
                        .executeUpdate()
                == 1;
    }

    private static Caller caller(Object[] row) {
        Address account = Address.parse((String) row[0]).orElseThrow();
        return new Caller(account.toString(), account, (Boolean) row[1], (Boolean) row[2]);
    }

    private void forgetExpired() {
        database.inTransaction(session -> session.createNativeMutationQuery("delete from ticket where expires_at <= :now")
                .setParameter("now", clock.now().toEpochMilli())
                .executeUpdate());
    }

    private static String digest(String ticket) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
