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
    /** Upper-case names of {@link State}. */
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

    /** What the document says, read when it is first asked for. */
    @Transient
    private transient volatile @Nullable Publication publication;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Tuple() {}

    Tuple(State state, String document, long changeVersion, long changedAt) {
        this.state = state;
        this.document = document;
        this.changeVersion = changeVersion;
        this.changedAt = changedAt;
    }

    static Tuple of(String id, String account, Publication publication, long changeVersion, long changedAt) {
        String document = StoredForm.write(account, id, publication, Instant.ofEpochMilli(changedAt));
        Tuple tuple = new Tuple(publication.state(), document, changeVersion, changedAt);
        tuple.publication = publication;
        return tuple;
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

    /** What the client published. */
    public Publication publication() {
        Publication known = publication;
        if (known == null) {
            known = StoredForm.read(document, state);
            publication = known;
        }
        return known;
    }
}
