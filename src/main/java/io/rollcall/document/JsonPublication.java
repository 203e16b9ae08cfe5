package io.rollcall.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of a JSON publication, and the PIDF they stand for. */
final class JsonPublication {
    @Nullable State state;
    List<String> activities = List.of();
    @Nullable String note;
    @Nullable String device;
    @Nullable String contact;
    @Nullable String priority;

    /** What JSON can say of a publication, which need not be all of it. */
    static JsonPublication of(Publication publication) {
        JsonPublication plain = new JsonPublication();
        Contact contact = publication.tuple().contact();
        plain.state = publication.state();
        plain.activities = publication.activities();
        plain.note = publication.note();
        plain.device = publication.deviceLabel();
        plain.contact = contact == null ? null : contact.uri();
        plain.priority = contact == null ? null : contact.priority();
        return plain;
    }

    /**
     * What describes the person goes to both tuple and person, for watchers differ in where they look; the tuple keeps
     * it when another presentity speaks for the person.
     */
    Publication toPublication() {
        State given = state == null ? State.ONLINE : state;
        List<String> names = withState(activities, given);
        List<Extension> ofPerson = names.isEmpty() ? List.of() : List.of(Activities.extension(names));
        List<Note> notes = note == null ? List.of() : List.of(new Note(null, note));
        Device machine = device == null ? null : new Device(Device.urn(device), List.of(), List.of());
        Tuple tuple = new Tuple(given.basic(), List.of(), withDevice(ofPerson, machine), contact(), notes);
        return new Publication(given, tuple, new Person(ofPerson, notes), machine, List.of());
    }

    /** The activities, and busy or away behind them when readers of PIDF would not see that state from them. */
    static List<String> withState(List<String> activities, State state) {
        List<String> names = new ArrayList<>(activities);
        if ((state == State.BUSY || state == State.AWAY) && Activities.state(activities) != state) {
            names.remove(state.word());
            names.add(state.word());
        }
        if (names.size() > 1) {
            // RFC 4480 §3.2: unknown stands alone
            names.remove("unknown");
        }
        return names;
    }

    private @Nullable Contact contact() {
        if (contact == null && priority != null) {
            throw new InvalidDocument("priority is that of the contact, which is missing");
        }
        return contact == null ? null : new Contact(contact, priority);
    }

    private static List<Extension> withDevice(List<Extension> extensions, @Nullable Device device) {
        if (device == null) {
            return extensions;
        }
        List<Extension> all = new ArrayList<>(extensions);
        StringBuilder xml = new StringBuilder(80).append("<dm:deviceID>");
        XmlText.appendText(xml, device.deviceId()).append("</dm:deviceID>");
        all.add(new Extension(Namespaces.DATA_MODEL, "deviceID", xml.toString()));
        return all;
    }
}
