package io.rollcall.document;

import io.rollcall.document.PidfCursor.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads one PIDF document; the order of elements does not matter to it. Used once. */
final class PidfParser {
    private final PidfCursor in;
    private final DocumentLimits limits;
    private final Set<String> once = new HashSet<>(16);

    private Basic basic = Basic.OPEN;
    private final List<Extension> status = new ArrayList<>(2);
    private final List<Extension> tupleExtensions = new ArrayList<>(4);
    private @Nullable Contact contact;
    private final List<Note> tupleNotes = new ArrayList<>(2);
    private final List<Extension> personExtensions = new ArrayList<>(4);
    private final List<Note> personNotes = new ArrayList<>(2);
    private @Nullable String deviceId;
    private final List<Extension> deviceExtensions = new ArrayList<>(2);
    private final List<Note> deviceNotes = new ArrayList<>(2);
    private final List<Note> documentNotes = new ArrayList<>(2);
    private final List<Extension> documentExtensions = new ArrayList<>(2);
    private int extensions;
    private int extensionCharacters;
    private boolean doubtful;

    PidfParser(XMLStreamReader in, DocumentLimits limits) {
        this.in = new PidfCursor(in);
        this.limits = limits;
    }

    /**
     * Reads the document to its end.
     *
     * @param account whose document it must be; null for what this server has checked and stored before
     * @param given the state that stands beside the document; null to derive it
     */
    Publication parse(@Nullable String account, @Nullable State given) throws XMLStreamException {
        in.toRoot();
        if (account != null) {
            checkEntity(in.attribute("entity"), account);
        }
        presence();
        in.toEnd();
        Publication publication = publication(given);
        if (doubtful && account != null) {
            PresenceSchema.check(PidfWriter.write("anyone", "t", publication, Instant.EPOCH));
        }
        return publication;
    }

    private Publication publication(@Nullable State given) {
        List<Note> notes = personNotes.isEmpty() ? documentNotes : personNotes;
        Tuple tuple = new Tuple(basic, status, tupleExtensions, contact, tupleNotes);
        Person person = new Person(personExtensions, notes);
        Device device = deviceId == null ? null : new Device(deviceId, deviceExtensions, deviceNotes);
        State state = given == null ? Activities.state(tuple, person) : given;
        return new Publication(state, tuple, person, device, documentExtensions);
    }

    private static void checkEntity(@Nullable String entity, String account) {
        if (!names(entity, account)) {
            throw new InvalidDocument("The entity of presence must name the account, as " + Address.uri(account)
                    + " does; it is " + (entity == null ? "missing" : XmlText.quote(entity)));
        }
    }

    private static boolean names(@Nullable String entity, String account) {
        if (entity == null || Uris.schemeLength(XmlText.strip(entity)) < 0) {
            return false;
        }
        Optional<Address> named = Address.parse(entity);
        return named.isPresent() && named.equals(Address.parse(account));
    }

    private void presence() throws XMLStreamException {
        while (in.nextChild("presence")) {
            switch (in.kind()) {
                case TUPLE -> {
                    once("tuple", "A publication holds exactly one tuple; each further one needs a login of its own");
                    tuple();
                }
                case NOTE -> addNote(documentNotes);
                case PERSON -> {
                    once("person", "A publication holds at most one person");
                    person();
                }
                case DEVICE -> {
                    once("device", "A publication holds at most one device");
                    device();
                }
                default -> addExtension(documentExtensions, "presence");
            }
        }
        if (once.add("tuple")) {
            throw new InvalidDocument("A publication holds exactly one tuple; there is none");
        }
    }

    private void tuple() throws XMLStreamException {
        while (in.nextChild("tuple")) {
            switch (in.kind()) {
                case STATUS -> {
                    once("status", "A tuple holds exactly one status");
                    status();
                }
                case CONTACT -> {
                    once("contact", "A tuple holds at most one contact");
                    contact();
                }
                case NOTE -> addNote(tupleNotes);
                case TIMESTAMP -> skipTimestamp("tuple timestamp");
                default -> addExtension(tupleExtensions, "tuple");
            }
        }
        if (once.add("status")) {
            throw new InvalidDocument("The tuple has no status (RFC 3863 §4.1.3)");
        }
    }

    private void status() throws XMLStreamException {
        while (in.nextChild("status")) {
            if (in.kind() != Kind.BASIC) {
                addExtension(status, "status");
                continue;
            }
            once("basic", "A status holds at most one basic");
            String word = XmlText.strip(in.text());
            basic = switch (word) {
                case "open" -> Basic.OPEN;
                case "closed" -> Basic.CLOSED;
                default -> throw new InvalidDocument(
                        "basic must be open or closed (RFC 3863 §4.1.4), not " + XmlText.quote(word));
            };
        }
    }

    private void contact() throws XMLStreamException {
        String priority = Contact.priorityOf(in.attribute("priority"));
        String uri = uri("contact");
        contact = uri == null ? null : new Contact(Uris.readable(uri), priority);
    }

    /** The drafts before RFC 4479, and servers that follow them, wrap what they say of the person in a status. */
    private void person() throws XMLStreamException {
        while (in.nextChild("person")) {
            switch (in.kind()) {
                case STATUS -> person();
                case NOTE -> addNote(personNotes);
                case TIMESTAMP -> skipTimestamp("person timestamp");
                default -> addExtension(personExtensions, "person");
            }
        }
    }

    private void device() throws XMLStreamException {
        while (in.nextChild("device")) {
            switch (in.kind()) {
                case DEVICE_ID -> {
                    once("deviceID", "A device holds exactly one deviceID");
                    deviceId = uri("deviceID");
                }
                case NOTE -> addNote(deviceNotes);
                case TIMESTAMP -> skipTimestamp("device timestamp");
                default -> addExtension(deviceExtensions, "device");
            }
        }
        if (deviceId == null) {
            throw new InvalidDocument("The device has no deviceID, a URN such as urn:uuid:… (RFC 4479 §5)");
        }
    }

    private void addNote(List<Note> notes) throws XMLStreamException {
        String language = XmlText.languageTag(in.language());
        String text = XmlText.strip(in.text());
        if (text.isEmpty()) {
            return;
        }
        if (text.length() > limits.maxNoteLength()) {
            throw new InvalidDocument("A note may have at most " + limits.maxNoteLength() + " characters");
        }
        if (notes.size() == limits.maxNotes()) {
            throw new InvalidDocument("There may be at most " + limits.maxNotes() + " notes in one place");
        }
        notes.add(new Note(language, text));
    }

    /** Clients' times are dropped: all times are the server's. */
    private void skipTimestamp(String what) throws XMLStreamException {
        once(what, "There may be at most one timestamp in one place");
        in.text();
    }

    private void addExtension(List<Extension> list, String parent) throws XMLStreamException {
        String namespace = in.namespace();
        boolean ofDataModel = namespace.equals(Namespaces.DATA_MODEL)
                && (list == personExtensions || list == deviceExtensions);
        if (namespace.isEmpty() || namespace.equals(Namespaces.PIDF) || ofDataModel) {
            throw new InvalidDocument(in.here() + " may not stand inside " + parent
                    + ": further elements need a namespace of their own (RFC 3863 §4.2)");
        }
        if (++extensions > limits.maxExtensions()) {
            throw new InvalidDocument(
                    "There may be at most " + limits.maxExtensions() + " elements of other namespaces");
        }
        Element element = in.element();
        doubtful |= !KnownElements.surelyValid(element);
        Extension extension = CanonicalXml.extension(element);
        extensionCharacters += extension.xml().length();
        if (extensionCharacters > 2L * limits.maxBytes()) {
            throw new InvalidDocument("The elements of other namespaces are too large in all");
        }
        list.add(extension);
    }

    private @Nullable String uri(String what) throws XMLStreamException {
        String text = XmlText.strip(in.text());
        if (text.length() > limits.maxValueLength()) {
            throw new InvalidDocument(what + " may have at most " + limits.maxValueLength() + " characters");
        }
        String uri = text.isEmpty() ? null : Uris.written(text);
        if (uri == null && !text.isEmpty()) {
            throw new InvalidDocument(what + " must be a URI (RFC 3986), not " + XmlText.quote(text));
        }
        return uri;
    }

    private void once(String what, String rule) {
        if (!once.add(what)) {
            throw new InvalidDocument(rule);
        }
    }
}
