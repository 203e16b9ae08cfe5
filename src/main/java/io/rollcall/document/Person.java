package io.rollcall.document;

import java.util.List;

/**
 * What a client says of the account's owner (RFC 4479 §5, {@code dm:person}); its id and timestamp are the server's.
 * Notes that stood directly under the published {@code presence} are among the notes (RFC 4479 §5).
 */
public record Person(List<Extension> extensions, List<Note> notes) {

    public Person {
        extensions = List.copyOf(extensions);
        notes = List.copyOf(notes);
    }

    /** The same with other elements. */
    Person with(List<Extension> otherExtensions) {
        return otherExtensions == extensions ? this : new Person(otherExtensions, notes);
    }
}
