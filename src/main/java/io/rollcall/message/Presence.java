package io.rollcall.message;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a person in few words: to be published, or read out of a document. Documents of either form say
 * more; what they say of services, devices and rich presence stays in their text.
 *
 * @param account null if it is not told, as in a publication
 * @param state {@code online}, {@code busy}, {@code away} or {@code offline}
 * @param activities names of RFC 4480 §3.2, such as {@code meeting}
 * @param device a label of the machine
 * @param contact a URI
 * @param priority of the contact, from 0 to 1 (RFC 3863 §4.1.5)
 */
public record Presence(
        @Nullable String account,
        String state,
        List<String> activities,
        @Nullable String note,
        @Nullable String device,
        @Nullable String contact,
        @Nullable Double priority) {

    private static final Pattern STATE = Pattern.compile("online|busy|away|offline");
    private static final Pattern ACTIVITY = Pattern.compile("[a-z]+(-[a-z]+)*");

    /** @throws IllegalArgumentException if the state is none, or an activity no name of one */
    public Presence {
        if (!STATE.matcher(state).matches()) {
            throw new IllegalArgumentException("The state is online, busy, away or offline; not '" + state + "'");
        }
        activities = List.copyOf(activities);
        for (String activity : activities) {
            if (!ACTIVITY.matcher(activity).matches()) {
                throw new IllegalArgumentException("'" + activity + "' is no name of an activity");
            }
        }
    }

    /** A state and nothing more. */
    public static Presence of(String state) {
        return new Presence(null, state, List.of(), null, null, null, null);
    }

    /** The same with these activities and no others. */
    public Presence doing(String... names) {
        return new Presence(account, state, List.of(names), note, device, contact, priority);
    }

    /** The same with a note. */
    public Presence saying(String words) {
        return new Presence(account, state, activities, words, device, contact, priority);
    }

    /** The same on a machine with that label. */
    public Presence on(String machine) {
        return new Presence(account, state, activities, note, machine, contact, priority);
    }

    /** The same with a URI where the person can be reached. */
    public Presence at(String uri, @Nullable Double preference) {
        return new Presence(account, state, activities, note, device, uri, preference);
    }

    /**
     * Reads the body of a notification or an answer, JSON or PIDF.
     *
     * @throws InvalidMessage if it is neither
     */
    public static Presence read(String body) {
        try {
            return body.stripLeading().startsWith("<") ? PidfForm.read(body) : JsonForm.read(body);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidMessage("The document does not tell of presence", unknown);
        }
    }

    /** As a body to publish, in JSON. */
    public String toJson() {
        return JsonForm.write(this);
    }

    /**
     * As a body to publish, in PIDF (RFC 3863, 4479, 4480).
     *
     * @param of the account that it is published for
     */
    public String toPidf(String of) {
        return PidfForm.write(this, of);
    }
}
