package io.rollcall.presentity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * An account that has ever been published for or decided for: the row that orders its changes. An account nobody has
 * touched yet has version 0 and no row. Instances never change; a verb gives the next one.
 */
@Entity
@Table(name = "account")
public class Account {
    @Id
    private String address;

    @Column(nullable = false)
    private long version;

    @Column(name = "rules_revision", nullable = false)
    private long rulesRevision;

    @Column(name = "last_seen")
    private @Nullable Long lastSeen;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Account() {}

    private Account(String address, long version, long rulesRevision, @Nullable Long lastSeen) {
        this.address = address;
        this.version = version;
        this.rulesRevision = rulesRevision;
        this.lastSeen = lastSeen;
    }

    /** An account that has no row yet. */
    public static Account untouched(String address) {
        return new Account(address, 0, 0, null);
    }

    /** The account as {@code alice@example.com}, domain in lower case. */
    public String address() {
        return address;
    }

    /** Grows by one with every change of the account's presentities or rules; 0 where nothing ever happened. */
    public long version() {
        return version;
    }

    /** Grows with every change of the account's rules, so that whoever cached a decision sees that it is old. */
    public long rulesRevision() {
        return rulesRevision;
    }

    /** When the last presentity left, in milliseconds since 1970; null while one is live, or where none ever was. */
    public @Nullable Long lastSeen() {
        return lastSeen;
    }

    Account presenceChanged(@Nullable Long newLastSeen) {
        return new Account(address, version + 1, rulesRevision, newLastSeen);
    }

    Account rulesChanged() {
        return new Account(address, version + 1, rulesRevision + 1, lastSeen);
    }

    /** The account at a later version, as another node announced it. */
    Account announced(long newVersion, long newRulesRevision, @Nullable Long newLastSeen) {
        return new Account(address, newVersion, newRulesRevision, newLastSeen);
    }
}
