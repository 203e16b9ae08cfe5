package io.rollcall.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the owner's own word; see {@link OwnWord#read}. */
final class OwnWordReader {
    private static final int MOST_HIDDEN_FROM = 100;
    private static final long MOST_SECONDS = 10L * 366 * 24 * 3600;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final JsonReader json;
    private final DocumentLimits limits;

    OwnWordReader(DocumentLimits limits) {
        this.json = new JsonReader(limits);
        this.limits = limits;
    }

    OwnWord read(byte[] body, Instant now) {
        return json.read(body, in -> {
            Members members = new Members();
            object(in, members, now);
            return members.word();
        });
    }

    private void object(JsonParser in, Members members, Instant now) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidDocument("A word is a JSON object such as {\"state\":\"busy\"}");
        }
        Set<String> seen = new HashSet<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            if (!seen.add(name)) {
                throw new InvalidDocument(XmlText.quote(name) + " is given twice");
            }
            boolean given = in.nextToken() != JsonToken.VALUE_NULL;
            member(in, name, given, members, now);
        }
    }

    private void member(JsonParser in, String name, boolean given, Members members, Instant now) throws IOException {
        switch (name) {
            case "state" -> members.state =
                    given ? JsonReader.state(JsonReader.string(in, name, limits.maxValueLength())) : null;
            case "activities" -> members.activities = given ? json.activities(in) : List.of();
            case "note" -> members.note =
                    given ? JsonReader.nullIfEmpty(JsonReader.string(in, name, limits.maxNoteLength())) : null;
            case "outOfOffice" -> members.outOfOffice = given && flag(in, name);
            case "invisible" -> members.invisible = given && flag(in, name);
            case "to" -> members.to = given ? hiddenFrom(in) : List.of();
            case "until" -> members.end(given ? until(in) : null);
            case "expires" -> members.end(given ? expires(in, now) : null);
            // the server's own: it comes back from whoever changes what was got
            case "since" -> in.skipChildren();
            default -> throw new InvalidDocument("There is no member " + XmlText.quote(name)
                    + "; known are state, activities, note, outOfOffice, invisible, to, until, expires");
        }
    }

    private static boolean flag(JsonParser in, String name) {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new InvalidDocument(name + " must be true or false");
        };
    }

    private List<String> hiddenFrom(JsonParser in) throws IOException {
        if (!in.isExpectedStartArrayToken()) {
            throw new InvalidDocument("to must be an array of addresses and domains");
        }
        List<String> names = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            String name = in.currentToken() == JsonToken.VALUE_STRING ? target(in.getText()) : null;
            if (name == null) {
                throw new InvalidDocument("to must hold addresses such as zoe@partner.example, and domains");
            }
            if (!names.contains(name)) {
                names.add(name);
            }
            if (names.size() > MOST_HIDDEN_FROM) {
                throw new InvalidDocument("to may have at most " + MOST_HIDDEN_FROM + " entries; name their domain");
            }
        }
        return names;
    }

    private static @Nullable String target(String text) {
        if (text.indexOf('@') >= 0) {
            return Address.parse(text).map(Address::toString).orElse(null);
        }
        // a domain is what may stand behind an @
        return Address.parse("anyone@" + text.strip()).map(Address::domain).orElse(null);
    }

    private static Instant until(JsonParser in) throws IOException {
        try {
            Instant until = OffsetDateTime.parse(in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "")
                    .toInstant();
            if (until.isBefore(LATEST) && until.isAfter(Instant.EPOCH)) {
                return Instant.ofEpochMilli(until.toEpochMilli());
            }
        } catch (DateTimeException notRfc3339) {
            // answered below
        }
        throw new InvalidDocument("until must be a time of RFC 3339 such as 2026-03-01T09:30:00Z");
    }

    private static Instant expires(JsonParser in, Instant now) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT && in.getText().length() < 10) {
            long seconds = in.getLongValue();
            if (seconds > 0 && seconds <= MOST_SECONDS) {
                return now.plusSeconds(seconds);
            }
        }
        throw new InvalidDocument("expires must be a whole number of seconds from 1 to " + MOST_SECONDS);
    }

    /** The members while they are read. */
    private static final class Members {
        private @Nullable State state;
        private List<String> activities = List.of();
        private @Nullable String note;
        private boolean outOfOffice;
        private boolean invisible;
        private List<String> to = List.of();
        private @Nullable Instant until;

        private void end(@Nullable Instant end) {
            if (end != null && until != null) {
                throw new InvalidDocument("Send until or expires, not both");
            }
            until = end == null ? until : end;
        }

        private OwnWord word() {
            boolean hides = invisible || state == State.OFFLINE;
            if (!hides && !to.isEmpty()) {
                throw new InvalidDocument("to names those who see an offline account; it needs \"invisible\":true");
            }
            if (state == State.OFFLINE && (!activities.isEmpty() || outOfOffice)) {
                throw new InvalidDocument("Who appears offline is neither busy with anything nor out of office; to "
                        + "appear so to some only, send \"invisible\":true and \"to\" beside the state of the others");
            }
            OwnWord word = new OwnWord(shown(), activities, note, outOfOffice, hides, to, until);
            if (!word.speaks() && !hides) {
                throw new InvalidDocument("Send state, activities, note, outOfOffice or invisible; DELETE takes the "
                        + "word back");
            }
            return word;
        }

        private @Nullable State shown() {
            if (state != null) {
                return state == State.OFFLINE ? null : state;
            }
            State implied = Activities.state(activities);
            if (implied != null) {
                return implied;
            }
            return outOfOffice ? State.AWAY : activities.isEmpty() ? null : State.ONLINE;
        }
    }
}
