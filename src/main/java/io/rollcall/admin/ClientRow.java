package io.rollcall.admin;

import io.rollcall.document.Publication;
import io.rollcall.presentity.Presentity;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the console shows of a presentity and its tuple. */
public record ClientRow(
        String tuple,
        String state,
        String basic,
        List<String> activities,
        @Nullable String note,
        @Nullable String device,
        @Nullable String contact,
        Instant changedAt,
        Instant expiresAt)
        implements Serializable {

    /** State and activities in words. */
    public String words() {
        return PersonRow.words(state, activities);
    }

    static ClientRow of(Presentity presentity) {
        Publication publication = presentity.tuple().publication();
        return new ClientRow(
                presentity.tupleId(),
                publication.state().word(),
                publication.tuple().basic() == null ? "" : publication.tuple().basic().word(),
                publication.activities(),
                publication.note(),
                publication.deviceLabel(),
                publication.tuple().contact() == null ? null : publication.tuple().contact().uri(),
                presentity.tuple().changedAt(),
                presentity.expiresAt());
    }
}
