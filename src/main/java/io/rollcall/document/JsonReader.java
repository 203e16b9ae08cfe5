package io.rollcall.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON publications; see {@link PublicationReader#readJson}. */
final class JsonReader {
    private static final String STATES = "online, busy, away, offline";

    private enum Member {
        STATE,
        ACTIVITIES,
        NOTE,
        DEVICE,
        CONTACT,
        PRIORITY;

        static Member of(String name) {
            return switch (name) {
                case "state" -> STATE;
                case "activities" -> ACTIVITIES;
                case "note" -> NOTE;
                case "device" -> DEVICE;
                case "contact" -> CONTACT;
                case "priority" -> PRIORITY;
                default -> throw new InvalidDocument("There is no member " + XmlText.quote(name)
                        + "; known are state, activities, note, device, contact, priority");
            };
        }
    }

    private final DocumentLimits limits;
    private final JsonFactory factory;

    JsonReader(DocumentLimits limits) {
        this.limits = limits;
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxStringLength(limits.maxBytes())
                .maxNameLength(100)
                .maxNumberLength(32)
                .build();
        this.factory = JsonFactory.builder().streamReadConstraints(constraints).build();
    }

    /** Reads one JSON value out of a body. */
    @FunctionalInterface
    interface Body<T> {
        T read(JsonParser in) throws IOException;
    }

    Publication read(byte[] body) {
        return read(body, in -> {
            JsonPublication publication = new JsonPublication();
            object(in, publication);
            return publication.toPublication();
        });
    }

    <T> T read(byte[] body, Body<T> value) {
        if (body.length > limits.maxBytes()) {
            throw new InvalidDocument("A document may have at most " + limits.maxBytes() + " bytes");
        }
        if (!looksLikeUtf8(body)) {
            throw new InvalidDocument("JSON must be in UTF-8");
        }
        try (JsonParser in = factory.createParser(body)) {
            T read = value.read(in);
            if (in.nextToken() != null) {
                throw new InvalidDocument("Nothing may follow the JSON object");
            }
            return read;
        } catch (StreamReadException e) {
            throw new InvalidDocument("The document is not JSON, or too large, " + JsonPlace.of(e), e);
        } catch (IOException e) {
            throw new InvalidDocument("The document is not JSON in UTF-8", e);
        }
    }

    /** Every other encoding of JSON has a zero byte or a byte order mark at its beginning. */
    private static boolean looksLikeUtf8(byte[] body) {
        for (int i = 0; i < body.length && i < 4; i++) {
            if (body[i] == 0 || (body[i] & 0xFF) >= 0xFE) {
                return false;
            }
        }
        return true;
    }

    private void object(JsonParser in, JsonPublication publication) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidDocument("A publication is a JSON object such as {\"state\":\"online\"}");
        }
        Set<Member> seen = EnumSet.noneOf(Member.class);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            Member member = Member.of(name);
            if (!seen.add(member)) {
                throw new InvalidDocument(name + " is given twice");
            }
            if (in.nextToken() != JsonToken.VALUE_NULL) {
                member(in, member, publication);
            }
        }
        if (publication.state == null) {
            throw new InvalidDocument("state is missing; it is one of " + STATES);
        }
    }

    private void member(JsonParser in, Member member, JsonPublication publication) throws IOException {
        switch (member) {
            case STATE -> publication.state = state(string(in, "state", limits.maxValueLength()));
            case ACTIVITIES -> publication.activities = activities(in);
            case NOTE -> publication.note = nullIfEmpty(string(in, "note", limits.maxNoteLength()));
            case DEVICE -> publication.device = nullIfEmpty(string(in, "device", limits.maxValueLength()));
            case CONTACT -> publication.contact = contact(string(in, "contact", limits.maxValueLength()));
            case PRIORITY -> publication.priority = priority(in);
        }
    }

    static State state(String word) {
        return State.of(word).orElseThrow(() -> new InvalidDocument(
                "state must be one of " + STATES + ", not " + XmlText.quote(word)));
    }

    List<String> activities(JsonParser in) throws IOException {
        if (!in.isExpectedStartArrayToken()) {
            throw new InvalidDocument("activities must be an array of strings");
        }
        List<String> names = new ArrayList<>(4);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            String name = string(in, "activities", limits.maxValueLength());
            if (!Activities.known(name)) {
                throw new InvalidDocument("activities must be names of RFC 4480 §3.2, which has no "
                        + XmlText.quote(name) + " but " + Activities.allNames());
            }
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static String contact(String uri) {
        String written = Uris.schemeLength(uri) < 0 || hasBlank(uri) ? null : Uris.written(uri);
        if (written == null) {
            throw new InvalidDocument(
                    "contact must be an absolute URI such as sip:alice@example.com, not " + XmlText.quote(uri));
        }
        return Uris.readable(written);
    }

    private static boolean hasBlank(String text) {
        return text.chars().anyMatch(c -> c <= ' ' || c == 0x7F || Character.isSpaceChar(c));
    }

    private static String priority(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT && in.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            throw new InvalidDocument("priority must be a number from 0 to 1");
        }
        BigDecimal value = decimal(in.getText());
        if (value == null || value.signum() < 0 || value.scale() > 3 || value.compareTo(BigDecimal.ONE) > 0) {
            throw new InvalidDocument("priority must be a number from 0 to 1 with at most three decimals");
        }
        return value.toPlainString();
    }

    /** Null if its exponent is beyond all that can be counted. */
    private static @Nullable BigDecimal decimal(String number) {
        try {
            return new BigDecimal(number).stripTrailingZeros();
        } catch (NumberFormatException | ArithmeticException beyond) {
            return null;
        }
    }

    static String string(JsonParser in, String member, int maxLength) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidDocument(member.equals("activities")
                    ? "activities must be an array of strings"
                    : member + " must be a string");
        }
        String text = XmlText.strip(in.getText());
        if (text.length() > maxLength) {
            throw new InvalidDocument(member + " may have at most " + maxLength + " characters");
        }
        int forbidden = XmlText.firstForbidden(text);
        if (forbidden >= 0) {
            throw new InvalidDocument(member + " holds a character that XML does not allow: "
                    + XmlText.quote(text.substring(forbidden, forbidden + 1)));
        }
        return text;
    }

    static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
