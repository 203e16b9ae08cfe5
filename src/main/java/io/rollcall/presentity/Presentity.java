package io.rollcall.presentity;

import io.rollcall.document.Publication;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/**
 * A live user agent of an account (RFC 2778 §2.1): one client on one machine. It logs in, changes state, is refreshed,
 * and goes when it logs out or expires. It has exactly one tuple, whose id is how it is addressed. Instances never
 * change; a verb gives the next one, and {@link AccountPresence} holds those that are live.
 */
@Entity
@Table(name = "presentity")
public class Presentity {
    @Id
    @Column(name = "tuple_id")
    private String tupleId;

    @Column(nullable = false)
    private String account;

    @Version
    @Column(nullable = false)
    private long revision;

    @Column(name = "login_version", nullable = false)
    private long loginVersion;

    @Column(name = "expires_at", nullable = false)
    private long expiresAt;

    /** Only what the login wrote; the column itself is kept by the statements that store and expire. */
    @Column(name = "due_at", nullable = false, updatable = false)
    private long dueAt;

    @Embedded
    private Tuple tuple;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Presentity() {}

    Presentity(String tupleId, String account, long revision, long loginVersion, long expiresAt, Tuple tuple) {
        this.tupleId = tupleId;
        this.account = account;
        this.revision = revision;
        this.loginVersion = loginVersion;
        this.expiresAt = expiresAt;
        Long turn = tuple.changesAtMillis();
        this.dueAt = turn == null ? expiresAt : Math.min(turn, expiresAt);
        this.tuple = tuple;
    }

    static Presentity login(
            String tupleId, String account, long version, Publication publication, Instant now, Instant expiresAt) {
        Tuple tuple = Tuple.of(tupleId, account, publication, version, now.toEpochMilli());
        long expiry = expiresAt.toEpochMilli();
        return new Presentity(tupleId, account, 1, version, expiry, tuple);
    }

    Presentity refreshed(Instant newExpiry) {
        long expiry = newExpiry.toEpochMilli();
        return new Presentity(tupleId, account, revision + 1, loginVersion, expiry, tuple);
    }

    Presentity modified(Publication publication, long version, Instant now, Instant newExpiry) {
        // two changes within a millisecond still carry two timestamps (RFC 3863 §4.1.7)
        long changedAt = Math.max(now.toEpochMilli(), tuple.changedAtMillis() + 1);
        Tuple next = Tuple.of(tupleId, account, publication, version, changedAt);
        long expiry = newExpiry.toEpochMilli();
        return new Presentity(tupleId, account, revision + 1, loginVersion, expiry, next);
    }

    /** The same publication at a time when something else of it holds; no success of its client, so no new revision. */
    Presentity turned(long version, Instant now) {
        long changedAt = Math.max(now.toEpochMilli(), tuple.changedAtMillis() + 1);
        return new Presentity(
                tupleId, account, revision, loginVersion, expiresAt, tuple.turned(version, changedAt));
    }

    /** An NCName, unique in the whole server, the same for the presentity's life. */
    public String tupleId() {
        return tupleId;
    }

    public String account() {
        return account;
    }

    public Tuple tuple() {
        return tuple;
    }

    /**
     * The entity-tag (RFC 3903 §6.6), without the quotes HTTP adds: tuple ids are never reused and the revision grows
     * with every success, so no tag is ever given twice.
     */
    public String entityTag() {
        return tupleId + '-' + revision;
    }

    /** The account's version that the login made: it orders the logins of an account. */
    public long loginVersion() {
        return loginVersion;
    }

    /** When the publication ends unless refreshed, by the database's clock. */
    public Instant expiresAt() {
        return Instant.ofEpochMilli(expiresAt);
    }

    long revision() {
        return revision;
    }

    long expiresAtMillis() {
        return expiresAt;
    }

    /** When to look at it next: when it expires, or when something else of it holds. */
    long dueAtMillis() {
        return dueAt;
    }
}
