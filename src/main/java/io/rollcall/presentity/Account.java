package io.rollcall.presentity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account that has ever been published for or decided for: the row that orders its changes. An account nobody has
 * touched yet has version 0 and no row; one that was erased has no row either, but goes on with its versions. Instances
 * never change; a verb gives the next one.
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

    /** As {@link Preferred} writes it. */
    @Column(name = "preferred")
    private @Nullable String preferredText;

    @Column(name = "preferred_until")
    private @Nullable Long preferredUntil;

    @Transient
    private boolean stored = true;

    /** The owner's own word, read when it is first asked for. */
    @Transient
    private transient volatile @Nullable Preferred preferred;

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
        return erased(address, 0, 0);
    }

    /** An account that has no row any more. */
    static Account erased(String address, long version, long rulesRevision) {
        Account account = new Account(address, version, rulesRevision, null);
        account.stored = false;
        return account;
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

    /**
     * When the last presentity left, in milliseconds since 1970; null where none ever did. Stays while one is live: see
     * {@link AccountPresence#lastSeen}.
     */
    public @Nullable Long lastSeen() {
        return lastSeen;
    }

    /** The owner's own word; null where there is none. */
    public @Nullable Preferred preferred() {
        String text = preferredText;
        if (text == null) {
            return null;
        }
        Preferred known = preferred;
        if (known == null) {
            known = Preferred.parse(text);
            preferred = known;
        }
        return known;
    }

    /** Whether anything is kept of it: false where nothing ever happened, or all was erased. */
    public boolean isStored() {
        return stored;
    }

    @Nullable String preferredText() {
        return preferredText;
    }

    @Nullable Long preferredUntil() {
        return preferredUntil;
    }

    Account presenceChanged(@Nullable Long newLastSeen) {
        return next(version + 1, rulesRevision, newLastSeen).saying(preferredText, preferredUntil);
    }

    Account rulesChanged() {
        return next(version + 1, rulesRevision + 1, lastSeen).saying(preferredText, preferredUntil);
    }

    Account preferring(@Nullable Preferred word) {
        Account next = next(version + 1, rulesRevision, lastSeen);
        return word == null ? next : next.saying(word);
    }

    Account erased() {
        return erased(address, version + 1, rulesRevision + 1);
    }

    /** The account at a later version, as another node announced it. */
    Account announced(
            long newVersion, long newRulesRevision, @Nullable Long newLastSeen, @Nullable String newPreferred) {
        Account next = next(newVersion, newRulesRevision, newLastSeen);
        return newPreferred == null ? next : next.saying(Preferred.parse(newPreferred));
    }

    private Account next(long newVersion, long newRulesRevision, @Nullable Long newLastSeen) {
        return new Account(address, newVersion, newRulesRevision, newLastSeen);
    }

    private Account saying(Preferred word) {
        Instant until = word.word().until();
        preferred = word;
        return saying(word.text(), until == null ? null : until.toEpochMilli());
    }

    private Account saying(@Nullable String text, @Nullable Long until) {
        preferredText = text;
        preferredUntil = until;
        return this;
    }
}
