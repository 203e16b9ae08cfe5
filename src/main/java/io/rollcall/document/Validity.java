package io.rollcall.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From when until when elements of RPID hold: their attributes {@code from} and {@code until} (RFC 4480 §3.1). */
final class Validity {
    private static final String FROM = " from=\"";
    private static final String UNTIL = " until=\"";

    private Validity() {}

    /** Those that hold at a time; the very same list if all do. */
    static List<Extension> at(List<Extension> extensions, Instant time) {
        List<Extension> valid = null;
        for (int i = 0; i < extensions.size(); i++) {
            Extension extension = extensions.get(i);
            boolean holds = holds(extension, time);
            if (!holds && valid == null) {
                valid = new ArrayList<>(extensions.subList(0, i));
            } else if (holds && valid != null) {
                valid.add(extension);
            }
        }
        return valid == null ? extensions : valid;
    }

    /** The first time after that one at which an element begins or ends to hold, or the limit if that is sooner. */
    static Instant next(List<Extension> extensions, Instant time, Instant limit) {
        Instant next = limit;
        for (Extension extension : extensions) {
            if (isTimed(extension)) {
                next = sooner(bound(extension, FROM), time, next);
                next = sooner(bound(extension, UNTIL), time, next);
            }
        }
        return next;
    }

    private static Instant sooner(@Nullable Instant bound, Instant time, Instant next) {
        return bound != null && bound.isAfter(time) && bound.isBefore(next) ? bound : next;
    }

    private static boolean holds(Extension extension, Instant time) {
        if (!isTimed(extension)) {
            return true;
        }
        Instant from = bound(extension, FROM);
        Instant until = bound(extension, UNTIL);
        return (from == null || !time.isBefore(from)) && (until == null || time.isBefore(until));
    }

    /** Elements of other namespaces may use these names for something else (RFC 4481 does). */
    private static boolean isTimed(Extension extension) {
        if (!extension.namespace().equals(Namespaces.RPID)) {
            return false;
        }
        int end = extension.xml().indexOf('>');
        int from = extension.xml().indexOf(FROM);
        int until = extension.xml().indexOf(UNTIL);
        return from >= 0 && from < end || until >= 0 && until < end;
    }

    private static @Nullable Instant bound(Extension extension, String attribute) {
        String xml = extension.xml();
        int start = xml.indexOf(attribute);
        if (start < 0 || start > xml.indexOf('>')) {
            return null;
        }
        int value = start + attribute.length();
        return time(xml.substring(value, xml.indexOf('"', value)));
    }

    /** Without a zone it is UTC; what only XML Schema takes for a time, such as years before Christ, bounds nothing. */
    private static @Nullable Instant time(String text) {
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    XmlText.strip(text), OffsetDateTime::from, LocalDateTime::from);
            Instant instant = time instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
            // whole milliseconds, as all times of this server: later rather than sooner
            long millis = instant.plusNanos(999_999).toEpochMilli();
            return Instant.ofEpochMilli(millis);
        } catch (DateTimeException | ArithmeticException odd) {
            return null;
        }
    }
}
