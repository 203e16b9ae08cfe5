package io.rollcall.policy;

import io.rollcall.document.Basic;
import io.rollcall.document.Contact;
import io.rollcall.document.Device;
import io.rollcall.document.Extension;
import io.rollcall.document.Namespaces;
import io.rollcall.document.Person;
import io.rollcall.document.PidfWriter;
import io.rollcall.document.PresenceDocument;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import io.rollcall.document.Publication;
import io.rollcall.document.State;
import io.rollcall.document.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a document by what is provided (RFC 5025 §3.3). It works on what a document says, not on how it is
 * written, so that every form hides the same. Filtering twice changes nothing (§4), unless what was chosen by its
 * class does not show the class any more.
 *
 * <p>What JSON says in words of its own follows: a state that came from hidden activities is told by what is left, and
 * a document that shows nobody looks offline. When an account was last seen, only those learn who may see all services:
 * to others it would tell whether what they do not see is there.
 */
public final class Filter {
    private static final Tuple NO_TUPLE = new Tuple(Basic.OPEN, List.of(), List.of(), null, List.of());

    private final PresenceDocument document;
    private final Provision provision;
    private final Attributes attributes;

    private Filter(PresenceDocument document, Provision provision) {
        this.document = document;
        this.provision = provision;
        this.attributes = new Attributes(provision);
    }

    /** The document as far as it is provided. */
    public static PresenceDocument apply(PresenceDocument document, Provision provision) {
        return provision.isEverything() ? document : new Filter(document, provision).filtered();
    }

    private PresenceDocument filtered() {
        List<PublishedTuple> tuples =
                document.tuples().stream().filter(this::showsService).map(this::withService).toList();
        List<PublishedTuple> devices =
                document.devices().stream().filter(this::showsDevice).map(this::withDevice).toList();
        Speaker speaker = document.speaker();
        Speaker person = speaker == null || !showsPerson(speaker.publication()) ? null : person(speaker, tuples);
        return new PresenceDocument(
                document.account(),
                state(person, tuples, devices),
                person,
                tuples,
                devices,
                document.version(),
                provision.services().all() ? document.lastSeen() : null);
    }

    /** The person's; where no person is shown, that of the service that logged in last. */
    private State state(@Nullable Speaker person, List<PublishedTuple> tuples, List<PublishedTuple> devices) {
        if (provision.services().all() && tuples.isEmpty()) {
            return State.OFFLINE;
        }
        if (person != null) {
            return person.publication().state();
        }
        if (tuples.isEmpty()) {
            return devices.isEmpty() ? State.OFFLINE : State.ONLINE;
        }
        return tuples.get(tuples.size() - 1).publication().state();
    }

    private PublishedTuple withService(PublishedTuple presentity) {
        Publication publication = presentity.publication();
        return reduced(
                presentity,
                attributes.of(publication.tuple()),
                showsPerson(publication) ? attributes.of(publication.person()) : null,
                attributes.unknown(publication.extensions()));
    }

    /** Only the device is written of it, unless the service is shown as well. */
    private PublishedTuple withDevice(PublishedTuple presentity) {
        return reduced(presentity, NO_TUPLE, null, List.of());
    }

    private PublishedTuple reduced(
            PublishedTuple presentity, Tuple tuple, @Nullable Person person, List<Extension> extensions) {
        Publication publication = presentity.publication();
        Device device = showsDevice(presentity) ? attributes.of(publication.device()) : null;
        return new PublishedTuple(
                presentity.id(),
                presentity.timestamp(),
                publication.reducedTo(tuple, person, device, extensions));
    }

    /** What is said of the person; the service that it came from is not told by it where that is not shown. */
    private Speaker person(Speaker speaker, List<PublishedTuple> shown) {
        Publication publication = speaker.publication();
        boolean service = speaker.tuple() == null
                ? provision.services().all()
                : shown.stream().anyMatch(tuple -> tuple.id().equals(speaker.tuple()));
        Person person = attributes.of(publication.personOrTuple());
        Tuple tuple = service ? attributes.of(publication.tuple()) : NO_TUPLE;
        return new Speaker(
                service ? speaker.tuple() : null,
                speaker.since(),
                publication.reducedTo(tuple, person, null, List.of()));
    }

    private boolean showsService(PublishedTuple presentity) {
        return provision.services().all()
                || provision.services().selectors().stream().anyMatch(selector -> choosesService(selector, presentity));
    }

    private static boolean choosesService(Selector selector, PublishedTuple presentity) {
        Tuple tuple = presentity.publication().tuple();
        Contact contact = tuple.contact();
        return switch (selector.kind()) {
            case CLASS -> hasClass(tuple.extensions(), selector) || hasClass(tuple.status(), selector);
            case OCCURRENCE_ID -> presentity.id().equals(selector.value());
            case SERVICE_URI -> contact != null && UriEquivalence.equal(contact.uri(), selector.value());
            case SERVICE_URI_SCHEME ->
                contact != null && UriEquivalence.scheme(contact.uri()).equalsIgnoreCase(selector.value());
            case DEVICE_ID, UNKNOWN -> false;
        };
    }

    private boolean showsPerson(Publication publication) {
        if (provision.persons().all()) {
            return true;
        }
        Person person = publication.person();
        return provision.persons().selectors().stream()
                .anyMatch(selector -> switch (selector.kind()) {
                    case CLASS -> person != null && hasClass(person.extensions(), selector);
                    case OCCURRENCE_ID -> PidfWriter.personId(document.account()).equals(selector.value());
                    default -> false;
                });
    }

    private boolean showsDevice(PublishedTuple presentity) {
        Device device = presentity.publication().device();
        return device != null
                && (provision.devices().all()
                        || provision.devices().selectors().stream()
                                .anyMatch(selector -> choosesDevice(selector, device, presentity.id())));
    }

    private static boolean choosesDevice(Selector selector, Device device, String tupleId) {
        return switch (selector.kind()) {
            case CLASS -> hasClass(device.extensions(), selector);
            case OCCURRENCE_ID -> PidfWriter.deviceId(tupleId).equals(selector.value());
            case DEVICE_ID -> UriEquivalence.equal(device.deviceId(), selector.value());
            case SERVICE_URI, SERVICE_URI_SCHEME, UNKNOWN -> false;
        };
    }

    private static boolean hasClass(List<Extension> extensions, Selector selector) {
        return extensions.stream()
                .anyMatch(extension -> extension.name().equals("class")
                        && extension.namespace().equals(Namespaces.RPID)
                        && extension.text().equals(selector.value()));
    }
}
