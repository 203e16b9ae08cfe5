package io.rollcall.policy;

import io.rollcall.document.Device;
import io.rollcall.document.Extension;
import io.rollcall.document.Namespaces;
import io.rollcall.document.Note;
import io.rollcall.document.Person;
import io.rollcall.document.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that are left inside a service, a person or a device that is provided (RFC 5025 §3.3.2). A service's
 * contact, service-class and basic status are always there, a device's id, and the times.
 */
final class Attributes {
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([^\\s=]+)=\"[^\"]*\"");

    private final Provision provision;

    Attributes(Provision provision) {
        this.provision = provision;
    }

    Tuple of(Tuple tuple) {
        return new Tuple(
                tuple.basic(), known(tuple.status()), known(tuple.extensions()), tuple.contact(), notes(tuple.notes()));
    }

    @Nullable Person of(@Nullable Person person) {
        return person == null ? null : new Person(known(person.extensions()), notes(person.notes()));
    }

    @Nullable Device of(@Nullable Device device) {
        return device == null
                ? null
                : new Device(device.deviceId(), known(device.extensions()), notes(device.notes()));
    }

    /** Those of the elements that are provided as attributes nobody knows. */
    List<Extension> unknown(List<Extension> elements) {
        return elements.stream()
                .filter(element -> provision.providesUnknown(element.namespace(), element.name()))
                .toList();
    }

    private List<Note> notes(List<Note> notes) {
        return provision.provides(Attribute.NOTE) ? notes : List.of();
    }

    private List<Extension> known(List<Extension> elements) {
        return elements.stream().map(this::provided).filter(Objects::nonNull).toList();
    }

    private @Nullable Extension provided(Extension element) {
        String name = element.name();
        boolean provided;
        if (element.namespace().equals(Namespaces.RPID)) {
            if (name.equals("user-input")) {
                return userInput(element);
            }
            provided = name.equals("service-class")
                    || Attribute.named(name)
                            .map(provision::provides)
                            .orElseGet(() -> provision.providesUnknown(element.namespace(), name));
        } else if (element.namespace().equals(Namespaces.DATA_MODEL) && name.equals("deviceID")) {
            provided = provision.provides(Attribute.DEVICE_ID);
        } else {
            provided = provision.providesUnknown(element.namespace(), name);
        }
        return provided ? element : null;
    }

    /** RFC 5025 speaks of an attribute {@code since} that RFC 4480 calls {@code last-input}: neither may slip through. */
    private @Nullable Extension userInput(Extension element) {
        return switch (provision.userInput()) {
            case FALSE -> null;
            case BARE -> withOnly(element, "");
            case THRESHOLDS -> withOnly(element, "idle-threshold");
            case FULL -> element;
        };
    }

    private static Extension withOnly(Extension element, String attribute) {
        int end = element.xml().indexOf('>');
        String tag = ATTRIBUTE.matcher(element.xml().substring(0, end))
                .replaceAll(match -> match.group(1).equals(attribute) || match.group(1).startsWith("xmlns")
                        ? Matcher.quoteReplacement(match.group())
                        : "");
        return new Extension(element.namespace(), element.name(), tag + element.xml().substring(end));
    }
}
