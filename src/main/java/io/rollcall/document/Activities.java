package io.rollcall.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The activities of RFC 4480 §3.2 and the state that each implies. An explicit {@code busy} counts before an explicit
 * {@code away}, both before what other activities imply, and there again busy before away: whoever is in a meeting on a
 * holiday should not be rung up.
 */
final class Activities {
    static final String NAME = "activities";

    /** The text of RFC 4480 §3.2 lists it, its schema forgot it; so it is written as the words of {@code other}. */
    static final String LUNCH = "lunch";

    /** Activities that say nothing of whether the person can be reached imply online. */
    private static final Map<String, State> IMPLIED = new TreeMap<>(Map.ofEntries(
            Map.entry("appointment", State.BUSY),
            Map.entry("away", State.AWAY),
            Map.entry("breakfast", State.AWAY),
            Map.entry("busy", State.BUSY),
            Map.entry("dinner", State.AWAY),
            Map.entry("holiday", State.AWAY),
            Map.entry("in-transit", State.AWAY),
            Map.entry("looking-for-work", State.ONLINE),
            Map.entry(LUNCH, State.AWAY),
            Map.entry("meal", State.AWAY),
            Map.entry("meeting", State.BUSY),
            Map.entry("on-the-phone", State.BUSY),
            Map.entry("other", State.ONLINE),
            Map.entry("performance", State.BUSY),
            Map.entry("permanent-absence", State.AWAY),
            Map.entry("playing", State.AWAY),
            Map.entry("presentation", State.BUSY),
            Map.entry("shopping", State.AWAY),
            Map.entry("sleeping", State.AWAY),
            Map.entry("spectator", State.BUSY),
            Map.entry("steering", State.BUSY),
            Map.entry("travel", State.AWAY),
            Map.entry("tv", State.AWAY),
            Map.entry("unknown", State.ONLINE),
            Map.entry("vacation", State.AWAY),
            Map.entry("working", State.ONLINE),
            Map.entry("worship", State.BUSY)));

    private static final String LUNCH_XML = "<rpid:other>" + LUNCH + "</rpid:other>";

    private Activities() {}

    static boolean known(String name) {
        return IMPLIED.containsKey(name);
    }

    /** All names, in alphabetical order, for messages. */
    static String allNames() {
        return String.join(", ", IMPLIED.keySet());
    }

    /** Busy or away as the activities say, or null when they say neither. */
    static @Nullable State state(List<String> names) {
        if (names.contains("busy")) {
            return State.BUSY;
        }
        if (names.contains("away")) {
            return State.AWAY;
        }
        State state = null;
        for (String name : names) {
            State implied = IMPLIED.get(name);
            if (implied == State.BUSY) {
                return State.BUSY;
            }
            state = implied == State.AWAY ? State.AWAY : state;
        }
        return state;
    }

    /** The state of a PIDF publication: the basic status, the person's activities, the tuple's, in this order. */
    static State state(Tuple tuple, @Nullable Person person) {
        if (tuple.basic() == Basic.CLOSED) {
            return State.OFFLINE;
        }
        State state = person == null ? null : state(names(person.extensions()));
        if (state == null) {
            List<String> names = new ArrayList<>(names(tuple.status()));
            names.addAll(names(tuple.extensions()));
            state = state(names);
        }
        return state == null ? State.ONLINE : state;
    }

    /** One {@code rpid:activities} of the names, which are known ones. */
    static Extension extension(List<String> names) {
        StringBuilder xml = new StringBuilder(40 + 24 * names.size()).append("<rpid:activities>");
        for (String name : names) {
            xml.append(name.equals(LUNCH) ? LUNCH_XML : "<rpid:" + name + "/>");
        }
        return new Extension(Namespaces.RPID, NAME, xml.append("</rpid:activities>").toString());
    }

    /** Whether it is an {@code rpid:activities}. */
    static boolean isOne(Extension extension) {
        return extension.name().equals(NAME) && extension.namespace().equals(Namespaces.RPID);
    }

    /** The names of the activities in all {@code rpid:activities} among the extensions. */
    static List<String> names(List<Extension> extensions) {
        List<String> names = List.of();
        for (Extension extension : extensions) {
            if (isOne(extension)) {
                names = names.isEmpty() ? new ArrayList<>(4) : names;
                collect(extension.xml(), names);
            }
        }
        return names;
    }

    /** Goes by the brackets, which canonical XML has only around tags; a name counts directly under the root only. */
    private static void collect(String xml, List<String> names) {
        int depth = 0;
        for (int start = xml.indexOf('<'); start >= 0; start = xml.indexOf('<', start + 1)) {
            int end = xml.indexOf('>', start);
            if (xml.charAt(start + 1) == '/') {
                depth--;
                continue;
            }
            if (depth == 1 && xml.startsWith("rpid:", start + 1)) {
                addKnown(xml, start + 6, names);
            }
            depth += xml.charAt(end - 1) == '/' ? 0 : 1;
        }
    }

    private static void addKnown(String xml, int start, List<String> names) {
        int end = start;
        while (" />".indexOf(xml.charAt(end)) < 0) {
            end++;
        }
        String name = xml.startsWith(LUNCH_XML, start - 6) ? LUNCH : xml.substring(start, end);
        if (known(name) && !names.contains(name)) {
            names.add(name);
        }
    }
}
