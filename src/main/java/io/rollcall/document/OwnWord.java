package io.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account's owner says over all clients. With a state it replaces the person's state, activities and note;
 * without one only the note.
 *
 * @param outOfOffice whether it is shown while no presentity is live too
 * @param invisible whether the account appears offline to those in {@code to}
 * @param to addresses and domains; empty for everybody
 * @param until when it ends by itself; null if never
 */
public record OwnWord(
        @Nullable State state,
        List<String> activities,
        @Nullable String note,
        boolean outOfOffice,
        boolean invisible,
        List<String> to,
        @Nullable Instant until) {
    private static final OwnWordReader READER = new OwnWordReader(DocumentLimits.DEFAULT);
    private static final OwnWordReader STORED = new OwnWordReader(DocumentLimits.DEFAULT.forStored());

    public OwnWord {
        activities = List.copyOf(activities);
        to = List.copyOf(to);
    }

    /**
     * Reads a word as its owner sends it: JSON in UTF-8 with any of {@code state}, {@code activities}, {@code note},
     * {@code outOfOffice}, {@code invisible}, {@code to}, and {@code until} (RFC 3339) or {@code expires} (seconds).
     * State {@code offline} is the same as {@code invisible}. Activities without a state imply one; whoever is out of
     * office is away unless the word says otherwise.
     *
     * @param now from when {@code expires} counts
     * @throws InvalidDocument when a member is unknown, given twice, or of a wrong type or value, when the word ends in
     *     the past, or says nothing
     */
    public static OwnWord read(byte[] body, Instant now) {
        OwnWord word = READER.read(body, now);
        if (word.until != null && !word.until.isAfter(now)) {
            throw new InvalidDocument("until is in the past; it is now " + now);
        }
        return word;
    }

    /** Reads what {@link JsonWriter#write(OwnWord, Instant)} wrote, which may be longer than what was sent. */
    public static OwnWord readStored(String json) {
        return STORED.read(json.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }

    /** Its state and what it does beside that, in a few words; not its note. */
    public String inShort() {
        return (state == null ? "" : state.word()) + (outOfOffice ? " out-of-office" : "") + (invisible ? " invisible" : "");
    }

    /** Whether it says anything of the person, to those whom it is shown to. */
    public boolean speaks() {
        return state != null || note != null;
    }

    /**
     * The person with this word in it.
     *
     * @param client what the presentity published that would speak otherwise; null if none is live
     */
    public Publication over(@Nullable Publication client) {
        Person person = client == null ? new Person(List.of(), List.of()) : client.personOrTuple();
        State shown = state != null ? state : client == null ? State.OFFLINE : client.state();
        List<Extension> elements = person.extensions();
        if (state != null) {
            elements = new ArrayList<>();
            List<String> names = JsonPublication.withState(activities, state);
            if (!names.isEmpty()) {
                elements.add(Activities.extension(names));
            }
            person.extensions().stream().filter(element -> !Activities.isOne(element)).forEach(elements::add);
        }
        List<Note> notes = note == null ? List.of() : List.of(new Note(null, note));
        Tuple silent = new Tuple(shown.basic(), List.of(), List.of(), null, List.of());
        return new Publication(shown, silent, new Person(elements, notes), null, List.of());
    }
}
