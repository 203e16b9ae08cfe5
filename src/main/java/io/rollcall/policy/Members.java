package io.rollcall.policy;

import io.rollcall.document.AuthPolicyXml;
import io.rollcall.document.InvalidDocument;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object; what is missing, unknown or of another type is an {@link InvalidDocument}. */
record Members(String what, Map<?, ?> values) {

    /** @param known the members it may have */
    static Members of(String what, @Nullable Object value, String... known) {
        if (!(value instanceof Map<?, ?> values)) {
            throw new InvalidDocument(what + " must be an object with " + String.join(", ", known));
        }
        for (Object name : values.keySet()) {
            if (!List.of(known).contains(name)) {
                throw new InvalidDocument(
                        what + " has no member '" + name + "'; known are " + String.join(", ", known));
            }
        }
        return new Members(what, values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable Object get(String name) {
        return values.get(name);
    }

    String string(String name) {
        String text = stringOrNull(name);
        if (text == null) {
            throw new InvalidDocument(what + " needs a member " + name);
        }
        return text;
    }

    @Nullable String stringOrNull(String name) {
        Object value = values.get(name);
        return value == null ? null : text(what + "." + name, value);
    }

    /** The elements of an array; empty where the member is missing. */
    <T> List<T> list(String name, Function<Object, T> element) {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw new InvalidDocument(what + "." + name + " must be an array");
        }
        return list.stream().map(each -> element.apply((Object) each)).toList();
    }

    static String text(String what, Object value) {
        if (value instanceof String text && !text.isBlank() && AuthPolicyXml.canCarry(text)) {
            return text.strip();
        }
        throw new InvalidDocument(what + " must be a string, not empty, of characters that XML allows");
    }
}
