package io.rollcall.authorization;

import io.rollcall.policy.Handling;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** The owner's decision on one watcher. */
@Entity
@Table(name = "watcher_authorization")
@IdClass(WatcherAuthorization.Key.class)
public class WatcherAuthorization {
    @Id
    private String account;

    @Id
    private String watcher;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Column(nullable = false, length = 16)
    private Handling handling;

    @Column(name = "decided_version", nullable = false)
    private long decidedVersion;

    @Column(name = "decided_last_seen")
    private @Nullable Long decidedLastSeen;

    @Column(name = "decided_at", nullable = false)
    private long decidedAt;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected WatcherAuthorization() {}

    WatcherAuthorization(
            String account, String watcher, Handling handling, long version, @Nullable Long lastSeen, long decidedAt) {
        this.account = account;
        this.watcher = watcher;
        this.handling = handling;
        this.decidedVersion = version;
        this.decidedLastSeen = lastSeen;
        this.decidedAt = decidedAt;
    }

    String watcher() {
        return watcher;
    }

    Decision decision() {
        return new Decision(handling, "decision", decidedVersion, decidedLastSeen);
    }

    /** The two addresses a decision is about. */
    public record Key(String account, String watcher) implements Serializable {}
}
