package io.rollcall.presentity;

import io.rollcall.document.Publication;
import io.rollcall.document.State;
import io.rollcall.document.StoredForm;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A presentity's one tuple as it is stored, with the person and device that its client published beside it: columns of
 * the presentity's row, because the two live and die together. Instances never change.
 */
@Embeddable
public class Tuple {
    /** Upper-case names of {@link State}: the state of what holds since it last changed. */
    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false, columnDefinition = "varchar(8)")
    private State state;

    /** The publication as {@link StoredForm} writes it. */
    @Column(name = "document", nullable = false)
    private String document;

    @Column(name = "change_version", nullable = false)
    private long changeVersion;

    @Column(name = "changed_at", nullable = false)
    private long changedAt;

    /** When something in the document begins or ends to hold next (RFC 4480 §3.1); null if nothing does. */
    @Column(name = "changes_at")
    private @Nullable Long changesAt;

    /** What the document says, read when it is first asked for. */
    @Transient
    private transient volatile @Nullable Publication published;

    /** What of it holds. */
    @Transient
    private transient volatile @Nullable Publication publication;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Tuple() {}

    Tuple(State state, String document, long changeVersion, long changedAt, @Nullable Long changesAt) {
        this.state = state;
        this.document = document;
        this.changeVersion = changeVersion;
        this.changedAt = changedAt;
        this.changesAt = changesAt;
    }

    static Tuple of(String id, String account, Publication published, long changeVersion, long changedAt) {
        String document = StoredForm.write(account, id, published, Instant.ofEpochMilli(changedAt));
        return of(document, published, changeVersion, changedAt);
    }

    private static Tuple of(String document, Publication published, long changeVersion, long changedAt) {
        Instant time = Instant.ofEpochMilli(changedAt);
        Publication valid = published.at(time);
        Instant change = published.changesAfter(time);
        Tuple tuple = new Tuple(
                valid.state(), document, changeVersion, changedAt, change == null ? null : change.toEpochMilli());
        tuple.published = published;
        tuple.publication = valid;
        return tuple;
    }

    /** The same at a later time, when something else of it holds. */
    Tuple turned(long newChangeVersion, long newChangedAt) {
        return of(document, published(), newChangeVersion, newChangedAt);
    }

    public State state() {
        return state;
    }

    String document() {
        return document;
    }

    /** The account's version that the latest change of this tuple made. */
    public long changeVersion() {
        return changeVersion;
    }

    /** When the tuple last changed, by the database's clock. */
    public Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }

    long changedAtMillis() {
        return changedAt;
    }

    @Nullable Long changesAtMillis() {
        return changesAt;
    }

    /** When something of what the client published begins or ends to hold next; null if nothing does. */
    public @Nullable Instant changesAt() {
        return changesAt == null ? null : Instant.ofEpochMilli(changesAt);
    }

    /** What the client published, the elements that do not hold now included. */
    public Publication published() {
        Publication known = published;
        if (known == null) {
            known = StoredForm.read(document, state);
            published = known;
        }
        return known;
    }

    /** What of it holds since the tuple last changed: what is shown (RFC 4480 §3.1). */
    public Publication publication() {
        Publication known = publication;
        if (known == null) {
            known = published().at(changedAt());
            publication = known;
        }
        return known;
    }
}
