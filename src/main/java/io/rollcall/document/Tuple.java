package io.rollcall.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service of a presentity (RFC 3863 §4.1.2) as its client described it; its id and its timestamp are the server's and
 * stand beside it.
 *
 * @param status elements inside {@code status} beside {@code basic}
 * @param extensions elements of other namespaces in the order they came
 */
public record Tuple(
        Basic basic,
        List<Extension> status,
        List<Extension> extensions,
        @Nullable Contact contact,
        List<Note> notes) {

    public Tuple {
        status = List.copyOf(status);
        extensions = List.copyOf(extensions);
        notes = List.copyOf(notes);
    }

    /** The same with other elements of other namespaces. */
    Tuple with(List<Extension> otherStatus, List<Extension> otherExtensions) {
        return otherStatus == status && otherExtensions == extensions
                ? this
                : new Tuple(basic, otherStatus, otherExtensions, contact, notes);
    }
}
