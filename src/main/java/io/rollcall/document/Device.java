package io.rollcall.document;

import java.util.List;

/**
 * The machine that a client runs on (RFC 4479 §5, {@code dm:device}); its id and timestamp are the server's.
 *
 * @param deviceId a URN
 */
public record Device(String deviceId, List<Extension> extensions, List<Note> notes) {
    private static final String LABELLED = "urn:x-rollcall:device:";

    public Device {
        extensions = List.copyOf(extensions);
        notes = List.copyOf(notes);
    }

    /** The same with other elements. */
    Device with(List<Extension> otherExtensions) {
        return otherExtensions == extensions ? this : new Device(deviceId, otherExtensions, notes);
    }

    /** The URN of a device that its client calls only by a label. */
    static String urn(String label) {
        return PercentEncoding.append(new StringBuilder(LABELLED), label, "-._~").toString();
    }

    /** The label in such a URN; any other id as it is. */
    static String label(String deviceId) {
        if (!deviceId.startsWith(LABELLED)) {
            return deviceId;
        }
        String label = PercentEncoding.decode(deviceId.substring(LABELLED.length()));
        return label == null || label.isEmpty() || XmlText.firstForbidden(label) >= 0 ? deviceId : label;
    }

    /** The label in the id where there is one, else the note, else the id. */
    String label() {
        String label = label(deviceId);
        String note = label.equals(deviceId) ? Note.first(notes) : null;
        return note == null ? label : note;
    }
}
