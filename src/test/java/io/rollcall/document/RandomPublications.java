package io.rollcall.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Publications such as clients might send, by chance but always the same for one seed; given as documents. */
final class RandomPublications {
    private static final String[] ACTIVITIES = {
        "appointment", "away", "busy", "holiday", "in-transit", "lunch", "meal", "meeting", "on-the-phone", "other",
        "travel", "unknown", "vacation", "working"
    };
    private static final String[] WORDS = {
        "a", "<", ">", "&", "\"", "'", "]]>", " ", "\n", "\t", "\r", "ü", "中", "ש", "🙂", "\u2028", "\u0085", "é", "--",
        "&amp;", "\u00a0", "x"
    };

    private final Random random;

    RandomPublications(long seed) {
        random = new Random(seed);
    }

    String json() {
        StringBuilder out = new StringBuilder("{\"state\":\"").append(any(State.values()).word()).append('"');
        if (random.nextBoolean()) {
            List<String> names = several(() -> '"' + any(ACTIVITIES) + '"', 4);
            out.append(",\"activities\":[").append(String.join(",", names)).append(']');
        }
        if (random.nextBoolean()) {
            out.append(",\"note\":\"").append(jsonText()).append('"');
        }
        if (random.nextBoolean()) {
            out.append(",\"device\":\"").append(jsonText()).append('"');
        }
        if (random.nextBoolean()) {
            out.append(",\"contact\":\"sip:u").append(random.nextInt(9)).append("@example.com\"");
            out.append(",\"priority\":").append(random.nextInt(1001) / 1000.0);
        }
        return out.append('}').toString();
    }

    String pidf() {
        List<String> parts = new ArrayList<>();
        parts.add(tuple());
        add(parts, () -> "<dm:person id='p'>" + shuffled(rich(), notes("dm:note")) + "</dm:person>");
        add(parts, () -> "<dm:device id='d'>" + shuffled(rich(), notes("dm:note"),
                List.of("<dm:deviceID>urn:uuid:" + random.nextInt() + "</dm:deviceID>")) + "</dm:device>");
        parts.addAll(notes("note"));
        parts.addAll(several(this::foreign, 2));
        return Documents.document(shuffled(parts));
    }

    private String tuple() {
        String basic = random.nextInt(4) == 0 ? "" : "<basic>" + any("open", "open", "closed") + "</basic>";
        List<String> status = List.of("<status>" + basic + String.join("", several(this::foreign, 2)) + "</status>");
        List<String> contact = random.nextBoolean()
                ? List.of()
                : List.of("<contact priority='0." + random.nextInt(1200) + "'>" + any("sip:a@b.c", "tel:+49-30-1",
                        "http://[::1]:8/ä?x=1&amp;y#z", "some where") + "</contact>");
        return "<tuple id='t'>" + shuffled(status, rich(), contact, notes("note")) + "</tuple>";
    }

    private List<String> rich() {
        return several(() -> switch (random.nextInt(7)) {
            case 0 -> activities();
            case 1 -> "<rpid:mood id='m" + random.nextInt() + "'><rpid:note>n</rpid:note><rpid:sad/></rpid:mood>";
            case 2 -> "<rpid:user-input idle-threshold='60'>" + any("idle", "active") + "</rpid:user-input>";
            case 3 -> "<rpid:class>" + text() + "</rpid:class>";
            case 4 -> "<rpid:sphere>" + text() + "</rpid:sphere>";
            case 5 -> "<cipid:display-name>" + text() + "</cipid:display-name>";
            default -> foreign();
        }, 3);
    }

    private String activities() {
        StringBuilder out = new StringBuilder("<rpid:activities until='2026-03-01T12:00:00Z'>");
        for (String name : several(() -> any(ACTIVITIES), 3)) {
            out.append("<rpid:").append(name).append("/> ");
            out.append(random.nextBoolean() ? "" : "<rpid:note xml:lang='en'>" + text() + "</rpid:note>");
        }
        return out.append("</rpid:activities>").toString();
    }

    private String foreign() {
        String inside = random.nextBoolean() ? text() : String.join(" ", several(this::foreign, 2));
        return any(
                "<x:e x:b='" + attribute() + "' a='1'>" + inside + "</x:e>",
                "<y:f xmlns:y='urn:example:y' y:a='" + attribute() + "'>" + inside + "</y:f>",
                "<g xmlns='urn:example:z' xml:lang='de'><x:h/><k xmlns=''>" + inside + "</k></g>");
    }

    private List<String> notes(String name) {
        String start = "<" + name + any("", " xml:lang='en'", " xml:lang=''") + ">";
        return several(() -> start + text() + "</" + name + ">", 2);
    }

    private String text() {
        return String.join("", several(() -> any(WORDS), 6)).replace("&", "&amp;").replace("<", "&lt;")
                .replace(">", "&gt;").replace("\r", "&#xD;");
    }

    private String attribute() {
        return text().replace("'", "&apos;").replace("\n", "&#10;");
    }

    private String jsonText() {
        return String.join("", several(() -> any(WORDS), 6)).replace("\\", "\\\\").replace("\"", "\\\"")
                .replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
    }

    private void add(List<String> parts, Supplier<String> part) {
        if (random.nextBoolean()) {
            parts.add(part.get());
        }
    }

    private <T> List<T> several(Supplier<T> one, int most) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(one.get());
        }
        return list;
    }

    @SafeVarargs
    private String shuffled(List<String>... lists) {
        List<String> all = new ArrayList<>();
        for (List<String> list : lists) {
            all.addAll(list);
        }
        Collections.shuffle(all, random);
        return String.join("\n", all);
    }

    @SafeVarargs
    private <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }
}
