package io.rollcall.document;

import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.PresenceDocument.Speaker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON: members in a fixed order and always all of them, null where there is no value. Equal documents give
 * equal bytes, and none of them can break out of a page that it is embedded in.
 */
public final class JsonWriter {
    private JsonWriter() {}

    /**
     * The composed document, in UTF-8. The person's {@code tuple} is the id of the tuple whose presentity speaks, null
     * where the owner's own word does or that tuple is not shown; {@code since} is its timestamp; without a speaker the
     * person is null.
     */
    public static byte[] write(PresenceDocument document) {
        StringBuilder out = new StringBuilder(256 + 384 * document.tuples().size());
        string(out.append("{\"account\":"), document.account());
        string(out.append(",\"state\":"), document.state().word());
        person(out.append(",\"person\":"), document.speaker());
        out.append(",\"tuples\":[");
        for (int i = 0; i < document.tuples().size(); i++) {
            PublishedTuple tuple = document.tuples().get(i);
            string(out.append(i == 0 ? "{\"id\":" : ",{\"id\":"), tuple.id());
            published(out, tuple).append('}');
        }
        out.append("],\"version\":").append(document.version());
        time(out.append(",\"lastSeen\":"), document.lastSeen());
        return bytes(out.append('}'));
    }

    /**
     * One presentity as its owner sees it, in UTF-8.
     *
     * @param expires the granted interval in seconds
     * @param expiresAt when it ends
     */
    public static byte[] write(String account, PublishedTuple tuple, long expires, Instant expiresAt) {
        StringBuilder out = new StringBuilder(512);
        string(out.append("{\"id\":"), tuple.id());
        string(out.append(",\"account\":"), account);
        published(out, tuple).append(",\"expires\":").append(expires);
        time(out.append(",\"expiresAt\":"), expiresAt);
        return bytes(out.append('}'));
    }

    /**
     * The owner's own word, in UTF-8.
     *
     * @param since when it was said
     */
    public static byte[] write(OwnWord word, Instant since) {
        StringBuilder out = new StringBuilder(256);
        string(out.append("{\"state\":"), word.state() == null ? null : word.state().word());
        strings(out.append(",\"activities\":"), word.activities());
        string(out.append(",\"note\":"), word.note());
        out.append(",\"outOfOffice\":").append(word.outOfOffice());
        out.append(",\"invisible\":").append(word.invisible());
        strings(out.append(",\"to\":"), word.to());
        time(out.append(",\"until\":"), word.until());
        time(out.append(",\"since\":"), since);
        return bytes(out.append('}'));
    }

    /** A publication as {@link PublicationReader#readJson} reads it; members without a value are left out. */
    static String write(JsonPublication publication) {
        StringBuilder out = new StringBuilder(128);
        string(out.append("{\"state\":"), publication.state == null ? null : publication.state.word());
        if (!publication.activities.isEmpty()) {
            strings(out.append(",\"activities\":"), publication.activities);
        }
        member(out, "note", publication.note);
        member(out, "device", publication.device);
        member(out, "contact", publication.contact);
        if (publication.priority != null) {
            out.append(",\"priority\":").append(publication.priority);
        }
        return out.append('}').toString();
    }

    private static void member(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            string(out.append(",\"").append(name).append("\":"), value);
        }
    }

    private static void person(StringBuilder out, @Nullable Speaker speaker) {
        if (speaker == null) {
            out.append("null");
            return;
        }
        Publication publication = speaker.publication();
        string(out.append("{\"tuple\":"), speaker.tuple());
        string(out.append(",\"state\":"), publication.state().word());
        strings(out.append(",\"activities\":"), publication.activities());
        string(out.append(",\"note\":"), publication.note());
        time(out.append(",\"since\":"), speaker.since()).append('}');
    }

    private static StringBuilder published(StringBuilder out, PublishedTuple tuple) {
        Publication publication = tuple.publication();
        Contact contact = publication.tuple().contact();
        string(out.append(",\"state\":"), publication.state().word());
        string(out.append(",\"basic\":"), publication.tuple().basic().word());
        strings(out.append(",\"activities\":"), publication.activities());
        string(out.append(",\"note\":"), publication.note());
        string(out.append(",\"device\":"), publication.deviceLabel());
        string(out.append(",\"contact\":"), contact == null ? null : contact.uri());
        out.append(",\"priority\":").append(contact == null ? null : contact.priority());
        return time(out.append(",\"timestamp\":"), tuple.timestamp());
    }

    private static StringBuilder time(StringBuilder out, @Nullable Instant time) {
        return time == null ? out.append("null") : Timestamps.append(out.append('"'), time).append('"');
    }

    private static void strings(StringBuilder out, List<String> values) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            string(i == 0 ? out : out.append(','), values.get(i));
        }
        out.append(']');
    }

    private static void string(StringBuilder out, @Nullable String value) {
        if (value == null) {
            out.append("null");
            return;
        }
        out.append('"');
        int done = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (mustEscape(c)) {
                escape(out.append(value, done, i), c);
                done = i + 1;
            }
        }
        out.append(value, done, value.length()).append('"');
    }

    private static boolean mustEscape(char c) {
        return c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 15, 16));
                }
            }
        }
    }

    private static byte[] bytes(StringBuilder out) {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
