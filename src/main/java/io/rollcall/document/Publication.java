package io.rollcall.document;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one presentity publishes of itself: exactly one tuple, at most one person and one device. Two publications are
 * equal when a watcher could not tell them apart; so a person that says nothing is no person.
 *
 * @param state in one word; given by a JSON publication, derived from basic status and activities in PIDF
 * @param extensions elements of other namespaces that stood directly under {@code presence}, each once
 */
public record Publication(
        State state,
        Tuple tuple,
        @Nullable Person person,
        @Nullable Device device,
        List<Extension> extensions) {

    public Publication {
        person = person == null || person.extensions().isEmpty() && person.notes().isEmpty() ? null : person;
        extensions = extensions.size() < 2 ? List.copyOf(extensions) : List.copyOf(new LinkedHashSet<>(extensions));
    }

    /**
     * The names of the RPID activities (RFC 4480 §3.2): the person's, or where it has none, the tuple's. A last
     * {@code busy} or {@code away} is left out when it is there only to tell readers of PIDF the state that stands in
     * {@link #state()} anyway; so the activities of a JSON publication come back as they were published.
     */
    public List<String> activities() {
        List<String> names = allActivities();
        int last = names.size() - 1;
        if (last < 0 || state != State.BUSY && state != State.AWAY || !names.get(last).equals(state.word())) {
            return names;
        }
        List<String> others = names.subList(0, last);
        return Activities.state(others) == state ? names : List.copyOf(others);
    }

    /**
     * What of it holds at a time: without the elements of RPID whose {@code until} has passed or whose {@code from} is
     * still to come (RFC 4480 §3.1). The state follows the activities that are left. The very same if all holds.
     */
    public Publication at(Instant time) {
        Tuple validTuple = tuple.with(Validity.at(tuple.status(), time), Validity.at(tuple.extensions(), time));
        Person validPerson = person == null ? null : person.with(Validity.at(person.extensions(), time));
        Device validDevice = device == null ? null : device.with(Validity.at(device.extensions(), time));
        if (validTuple == tuple && validPerson == person && validDevice == device) {
            return this;
        }
        return new Publication(
                Activities.state(validTuple, validPerson), validTuple, validPerson, validDevice, extensions);
    }

    /** Whether some of it holds for a time only. */
    boolean isTimed() {
        return changesAfter(Instant.MIN) != null;
    }

    /** The first time after that one at which {@link #at} changes, in whole milliseconds; null if it never does. */
    public @Nullable Instant changesAfter(Instant time) {
        Instant next = Validity.next(tuple.status(), time, Instant.MAX);
        next = Validity.next(tuple.extensions(), time, next);
        next = person == null ? next : Validity.next(person.extensions(), time, next);
        next = device == null ? next : Validity.next(device.extensions(), time, next);
        return next.equals(Instant.MAX) ? null : next;
    }

    private List<String> allActivities() {
        List<String> names = person == null ? List.of() : Activities.names(person.extensions());
        if (names.isEmpty()) {
            names = Activities.names(tuple.status());
        }
        return names.isEmpty() ? Activities.names(tuple.extensions()) : names;
    }

    /**
     * What is left of the publication for one who may not see all of it. The state is what it was, unless it came from
     * activities that are not there any more: then it is what is left that says it.
     */
    public Publication reducedTo(
            Tuple lessTuple, @Nullable Person lessPerson, @Nullable Device lessDevice, List<Extension> lessExtensions) {
        Publication less = new Publication(state, lessTuple, lessPerson, lessDevice, lessExtensions);
        boolean same = less.allActivities().equals(allActivities()) && lessTuple.basic() == tuple.basic();
        return same
                ? less
                : new Publication(
                        Activities.state(lessTuple, less.person), lessTuple, lessPerson, lessDevice, lessExtensions);
    }

    /** The person; where the client described none, what the tuple says that describes one too. */
    public Person personOrTuple() {
        if (person != null) {
            return person;
        }
        List<String> names = allActivities();
        return new Person(names.isEmpty() ? List.of() : List.of(Activities.extension(names)), tuple.notes());
    }

    /** The person's note, or where it has none, the tuple's: the first without a language, else the first. */
    public @Nullable String note() {
        String note = person == null ? null : Note.first(person.notes());
        return note == null ? Note.first(tuple.notes()) : note;
    }

    /**
     * What people call the machine: the label of a JSON publication, else the device's note, else its id; where there
     * is no device, the id that the tuple names (RFC 4480 §3.4).
     */
    public @Nullable String deviceLabel() {
        if (device != null) {
            return device.label();
        }
        for (Extension extension : tuple.extensions()) {
            if (extension.namespace().equals(Namespaces.DATA_MODEL) && extension.name().equals("deviceID")) {
                return Device.label(extension.text());
            }
        }
        return null;
    }

    /** The person's sphere (RFC 4480 §3.10) in words; null where it has none, empty where none can be read. */
    public @Nullable String sphere() {
        if (person != null) {
            for (Extension extension : person.extensions()) {
                if (extension.name().equals("sphere") && extension.namespace().equals(Namespaces.RPID)) {
                    return sphere(extension.xml());
                }
            }
        }
        return null;
    }

    /** RFC 4480 §4.10 has an element for it; {@link Repairs} makes one of words that stand there instead. */
    private static String sphere(String xml) {
        int start = xml.indexOf('<', 1);
        int end = start;
        if (xml.startsWith("<rpid:", start)) {
            while (" />".indexOf(xml.charAt(end)) < 0) {
                end++;
            }
            return xml.substring(start + 6, end);
        }
        start = xml.indexOf('>', start) + 1;
        return XmlText.strip(xml.substring(start, Math.max(start, xml.indexOf('<', start))));
    }
}
