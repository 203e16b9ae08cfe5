package io.rollcall.document;

import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes PIDF (RFC 3863, 4479, 4480). Equal documents give equal bytes; whatever {@link PublicationReader} has read
 * follows the schemas when it is written.
 */
public final class PidfWriter {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<presence"
            + Namespaces.DECLARATIONS;
    private static final String OFFLINE = "<tuple id=\"offline\"><status><basic>closed</basic></status></tuple>";

    private PidfWriter() {}

    /** The composed document in UTF-8; see {@link #write(PresenceDocument)}. */
    public static byte[] bytes(PresenceDocument document) {
        return write(document).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The composed document: the tuples, the speaker's person, the devices, other elements. An offline account is one
     * closed tuple, and only if somebody speaks, a person; so nobody can tell why it is offline.
     */
    public static String write(PresenceDocument document) {
        List<PublishedTuple> tuples = document.tuples();
        StringBuilder out = start(document.account(), 800 * (tuples.size() + 1));
        if (tuples.isEmpty() && document.state() == State.OFFLINE) {
            out.append(OFFLINE);
        }
        for (PublishedTuple tuple : tuples) {
            tuple(out, tuple.id(), tuple.publication().tuple(), tuple.timestamp());
        }
        Speaker speaker = document.speaker();
        if (speaker != null) {
            person(out, document.account(), speaker.publication().personOrTuple(), speaker.since());
        }
        for (PublishedTuple tuple : document.devices()) {
            device(out, tuple.id(), tuple.publication().device());
        }
        Set<String> written = new HashSet<>();
        for (PublishedTuple tuple : tuples) {
            extensions(out, tuple.publication().extensions(), written);
        }
        return out.append("</presence>\n").toString();
    }

    /**
     * One publication by itself; also the form it is stored in. {@link PublicationReader#readStored} gives it back.
     *
     * @param tupleId an NCName
     * @param timestamp when the publication last changed, in whole milliseconds
     */
    public static String write(String account, String tupleId, Publication publication, Instant timestamp) {
        StringBuilder out = start(account, 1_000);
        tuple(out, tupleId, publication.tuple(), timestamp);
        if (publication.person() != null) {
            person(out, account, publication.person(), timestamp);
        }
        device(out, tupleId, publication.device());
        all(out, publication.extensions());
        return out.append("</presence>\n").toString();
    }

    private static StringBuilder start(String account, int size) {
        StringBuilder out = new StringBuilder(size).append(DECLARATION);
        return XmlText.appendAttribute(out, "entity", Address.uri(account)).append('>');
    }

    private static void tuple(StringBuilder out, String id, Tuple tuple, Instant timestamp) {
        XmlText.appendAttribute(out.append("<tuple"), "id", id);
        out.append("><status><basic>").append(tuple.basic().word()).append("</basic>");
        all(out, tuple.status());
        out.append("</status>");
        all(out, tuple.extensions());
        contact(out, tuple.contact());
        notes(out, "note", tuple.notes());
        Timestamps.append(out.append("<timestamp>"), timestamp).append("</timestamp></tuple>");
    }

    private static void contact(StringBuilder out, @Nullable Contact contact) {
        if (contact == null) {
            return;
        }
        out.append("<contact");
        if (contact.priority() != null) {
            XmlText.appendAttribute(out, "priority", contact.priority());
        }
        String uri = Uris.written(contact.uri());
        XmlText.appendText(out.append('>'), uri == null ? contact.uri() : uri).append("</contact>");
    }

    private static void person(StringBuilder out, String account, @Nullable Person person, Instant timestamp) {
        out.append("<dm:person id=\"").append(personId(account)).append("\">");
        if (person != null) {
            all(out, person.extensions());
            notes(out, "dm:note", person.notes());
        }
        Timestamps.append(out.append("<dm:timestamp>"), timestamp).append("</dm:timestamp></dm:person>");
    }

    /**
     * The id of an account's person: stable for the account (RFC 4479 §3.5), and an NCName: what may not stand in one
     * becomes {@code _} and hex.
     */
    public static String personId(String account) {
        StringBuilder out = new StringBuilder(account.length() + 8).append('p');
        for (byte b : account.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (PercentEncoding.isAlphanumeric(c) || c == '.' || c == '-') {
                out.append(c);
            } else {
                out.append('_').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return out.toString();
    }

    /** The id of a presentity's device. */
    public static String deviceId(String tupleId) {
        return "d" + tupleId;
    }

    private static void device(StringBuilder out, String tupleId, @Nullable Device device) {
        if (device == null) {
            return;
        }
        XmlText.appendAttribute(out.append("<dm:device"), "id", deviceId(tupleId)).append('>');
        all(out, device.extensions());
        XmlText.appendText(out.append("<dm:deviceID>"), device.deviceId()).append("</dm:deviceID>");
        notes(out, "dm:note", device.notes());
        out.append("</dm:device>");
    }

    private static void notes(StringBuilder out, String name, List<Note> notes) {
        for (Note note : notes) {
            out.append('<').append(name);
            if (note.language() != null) {
                XmlText.appendAttribute(out, "xml:lang", note.language());
            }
            XmlText.appendText(out.append('>'), note.text()).append("</").append(name).append('>');
        }
    }

    private static void all(StringBuilder out, List<Extension> extensions) {
        for (Extension extension : extensions) {
            out.append(extension.xml());
        }
    }

    private static void extensions(StringBuilder out, List<Extension> extensions, Set<String> written) {
        for (Extension extension : extensions) {
            if (written.add(extension.xml())) {
                out.append(extension.xml());
            }
        }
    }
}
