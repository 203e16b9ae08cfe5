package io.rollcall.message;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Presence as JSON. */
final class JsonForm {
    private JsonForm() {}

    /** Reads a composed document, or a presentity by itself, which has the members of a tuple. */
    static Presence read(String body) {
        if (!(Json.read(body) instanceof Map<?, ?> document)) {
            throw new InvalidMessage("A document in JSON is an object");
        }
        Map<?, ?> person = document.get("person") instanceof Map<?, ?> told ? told : document;
        Map<?, ?> tuple = document.get("tuples") instanceof List<?> tuples ? speaking(tuples, person) : document;
        return new Presence(
                text(document, "account"),
                Objects.requireNonNullElse(text(document, "state"), ""),
                names(person.get("activities")),
                text(person, "note"),
                text(tuple, "device"),
                text(tuple, "contact"),
                tuple.get("priority") instanceof BigDecimal priority ? (Double) priority.doubleValue() : null);
    }

    /** The tuple that the person's state is from; where that is not told, the first. */
    private static Map<?, ?> speaking(List<?> tuples, Map<?, ?> person) {
        Map<?, ?> first = Map.of();
        for (Object each : tuples) {
            if (each instanceof Map<?, ?> tuple) {
                if (Objects.equals(tuple.get("id"), person.get("tuple"))) {
                    return tuple;
                }
                first = first.isEmpty() ? tuple : first;
            }
        }
        return first;
    }

    private static @Nullable String text(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text ? text : null;
    }

    private static List<String> names(@Nullable Object activities) {
        return activities instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    static String write(Presence presence) {
        StringBuilder out = new StringBuilder(128);
        Json.quote(out.append("{\"state\":"), presence.state());
        if (!presence.activities().isEmpty()) {
            out.append(",\"activities\":[");
            for (int i = 0; i < presence.activities().size(); i++) {
                Json.quote(i == 0 ? out : out.append(','), presence.activities().get(i));
            }
            out.append(']');
        }
        member(out, "note", presence.note());
        member(out, "device", presence.device());
        member(out, "contact", presence.contact());
        if (presence.priority() != null) {
            out.append(",\"priority\":").append(BigDecimal.valueOf(presence.priority()).toPlainString());
        }
        return out.append('}').toString();
    }

    private static void member(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            Json.quote(out.append(",\"").append(name).append("\":"), value);
        }
    }
}
