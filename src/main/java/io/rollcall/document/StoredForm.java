package io.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * How a publication is kept: as JSON where that says all of it, which is a fifth of the size and what most clients
 * publish; else as PIDF. Reading gives back an equal publication.
 */
public final class StoredForm {
    private static final PublicationReader READER = new PublicationReader(DocumentLimits.DEFAULT);

    private StoredForm() {}

    public static String write(String account, String tupleId, Publication publication, Instant timestamp) {
        String json = JsonWriter.write(JsonPublication.of(publication));
        return readsBack(json, publication) ? json : PidfWriter.write(account, tupleId, publication, timestamp);
    }

    /** JSON is stricter than PIDF in what it takes: not all that can be written as JSON can be read again. */
    private static boolean readsBack(String json, Publication publication) {
        try {
            return read(json, publication.state()).equals(publication);
        } catch (InvalidDocument stricter) {
            return false;
        }
    }

    /**
     * Reads back what {@link #write} wrote.
     *
     * @param state the publication's state, which PIDF cannot always tell; not believed where elements hold for a time
     *     only, for then it is the state of what holds now, and the document tells it
     * @throws InvalidDocument when the text is damaged
     */
    public static Publication read(String stored, State state) {
        if (stored.startsWith("{")) {
            return READER.readJson(stored.getBytes(StandardCharsets.UTF_8));
        }
        Publication publication = READER.readStored(stored, state);
        return publication.isTimed() ? READER.readStored(stored, null) : publication;
    }
}
