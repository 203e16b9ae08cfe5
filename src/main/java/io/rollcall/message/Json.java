package io.rollcall.message;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Just enough of JSON (RFC 8259) to need no library for it. */
final class Json {
    private static final int MOST_DEPTH = 64;
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads a text: objects become maps, arrays lists, numbers {@link BigDecimal}s, null is null.
     *
     * @throws InvalidMessage if it is no JSON
     */
    static @Nullable Object read(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        if (json.next() != 0) {
            throw json.malformed();
        }
        return value;
    }

    /** Appends a string. */
    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private @Nullable Object value(int depth) {
        if (depth > MOST_DEPTH) {
            throw malformed();
        }
        char c = next();
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        if (next() == '}') {
            at++;
            return members;
        }
        do {
            if (next() != '"') {
                throw malformed();
            }
            String name = string();
            expect(':');
            members.put(name, value(depth + 1));
        } while (another('}'));
        return members;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> values = new ArrayList<>();
        at++;
        if (next() == ']') {
            at++;
            return values;
        }
        do {
            values.add(value(depth + 1));
        } while (another(']'));
        return values;
    }

    private boolean another(char end) {
        char c = next();
        at++;
        if (c != ',' && c != end) {
            throw malformed();
        }
        return c == ',';
    }

    private void expect(char expected) {
        if (next() != expected) {
            throw malformed();
        }
        at++;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; ; at++) {
            char c = at < text.length() ? text.charAt(at) : 0;
            if (c == '"') {
                at++;
                return out.toString();
            } else if (c < ' ') {
                throw malformed();
            }
            out.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        at++;
        char c = at < text.length() ? text.charAt(at) : 0;
        if (c == 'u' && at + 4 < text.length()) {
            at += 4;
            try {
                return (char) Integer.parseInt(text, at - 3, at + 1, 16);
            } catch (NumberFormatException notHexadecimal) {
                throw malformed();
            }
        }
        int meant = ESCAPED.indexOf(c);
        if (meant < 0) {
            throw malformed();
        }
        return MEANT.charAt(meant);
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
        return value;
    }

    private BigDecimal number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return new BigDecimal(text.substring(start, at));
        } catch (NumberFormatException none) {
            throw malformed();
        }
    }

    /** The character that comes after white space; 0 at the end. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private InvalidMessage malformed() {
        return new InvalidMessage("This is no JSON, from character " + at + " on");
    }
}
