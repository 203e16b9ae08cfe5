package io.rollcall.policy;

import io.rollcall.document.AuthPolicyXml;
import io.rollcall.document.InvalidDocument;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rules in JSON, as {@link RulesetJson} writes them, and what stands alone for one watcher. */
public final class RulesetJsonReader {
    private RulesetJsonReader() {}

    /**
     * What an owner asks for: rules, or a level to make them from.
     *
     * @param ruleset null where only the level is given
     */
    public record Wish(@Nullable Ruleset ruleset, @Nullable String level, List<String> groups) {}

    /** A decision on one watcher; one that allows, and does not say what, provides everything. */
    public record Single(Handling handling, Provision provision) {}

    /**
     * Reads rules or a level, {@code {"rules":[…]}} or {@code {"level":"…"}}; where there are both, the rules count.
     *
     * @throws InvalidDocument saying what is wrong with it
     */
    public static Wish read(byte[] body) {
        Members members = Members.of("The document", JsonTree.read(body), "level", "groups", "rules");
        String level = members.stringOrNull("level");
        List<String> groups = members.list("groups", group -> Members.text("groups", group));
        if (!members.has("rules") && level == null) {
            throw new InvalidDocument("Send {\"rules\":[…]} or {\"level\":\"colleagues\"}");
        }
        Ruleset ruleset = members.has("rules")
                ? checked(new Ruleset(members.list("rules", RulesetJsonReader::rule)))
                : null;
        return new Wish(ruleset, level, groups);
    }

    /** Reads what {@link RulesetJson#write(Ruleset, String)} wrote, and was checked before. */
    public static Ruleset readStored(String json) {
        Members members = Members.of(
                "The document", JsonTree.read(json.getBytes(StandardCharsets.UTF_8)), "level", "groups", "rules");
        return new Ruleset(members.list("rules", RulesetJsonReader::rule));
    }

    /**
     * The same rules. Whatever is taken in one form can be had in the other: they have to be valid there, and mean the
     * same.
     *
     * @throws InvalidDocument if they are not, or are more than an account may have
     */
    public static Ruleset checked(Ruleset ruleset) {
        PolicyLimits.checked(ruleset);
        byte[] xml = RulesetXml.write(ruleset).getBytes(StandardCharsets.UTF_8);
        if (!RulesetXml.read(xml, null).equals(ruleset)) {
            throw new InvalidDocument(
                    "Behind unknown stand elements that this server does not know; what it knows has members of its own");
        }
        return ruleset;
    }

    /**
     * Reads {@code {"handling":"allow"}}, with {@code provide} if wanted.
     *
     * @throws InvalidDocument saying what is wrong with it
     */
    public static Single readSingle(byte[] body) {
        Members members = Members.of("A decision", JsonTree.read(body), "handling", "provide");
        Handling handling = handling(members);
        Object provide = members.get("provide");
        if (provide == null) {
            return new Single(handling, handling == Handling.ALLOW ? Provision.EVERYTHING : Provision.NOTHING);
        }
        return new Single(handling, provision(provide));
    }

    private static Rule rule(Object value) {
        Members rule = Members.of(
                "A rule", value, "id", "conditions", "handling", "provide", "unknownActions", "unknownTransformations");
        Object provide = rule.get("provide");
        return new Rule(
                rule.string("id"),
                rule.list("conditions", RulesetJsonReader::condition),
                rule.has("handling") ? handling(rule) : Handling.BLOCK,
                provide == null ? Provision.NOTHING : provision(provide),
                rule.list("unknownActions", RulesetJsonReader::unknown),
                rule.list("unknownTransformations", RulesetJsonReader::unknown));
    }

    private static Handling handling(Members members) {
        try {
            return Handling.named(members.string("handling"));
        } catch (IllegalArgumentException unknown) {
            throw new InvalidDocument("handling " + unknown.getMessage());
        }
    }

    private static Condition condition(Object value) {
        Members condition = Members.of("A condition", value, "identity", "sphere", "validity", "unknown");
        onlyOne(condition);
        if (condition.has("identity")) {
            List<Who> anyOf = condition.list("identity", RulesetJsonReader::who);
            if (anyOf.isEmpty()) {
                throw new InvalidDocument("identity names nobody; leave the condition out to mean everybody");
            }
            return new Identity(anyOf);
        }
        if (condition.has("sphere")) {
            return new Sphere(condition.string("sphere"));
        }
        if (condition.has("validity")) {
            List<Validity.Period> periods = condition.list("validity", RulesetJsonReader::period);
            if (periods.isEmpty()) {
                throw new InvalidDocument("validity needs at least one period {\"from\":…,\"until\":…}");
            }
            return new Validity(periods);
        }
        return RulesetXml.unknown(condition.string("unknown"));
    }

    private static void onlyOne(Members members) {
        if (members.values().size() != 1) {
            throw new InvalidDocument(members.what() + " has exactly one member; give each an object of its own");
        }
    }

    private static Validity.Period period(Object value) {
        Members period = Members.of("A validity", value, "from", "until");
        return new Validity.Period(
                RulesetXmlReader.time(period.string("from")), RulesetXmlReader.time(period.string("until")));
    }

    private static Who who(Object value) {
        Members who = Members.of("An identity", value, "one", "many", "group", "unknown");
        onlyOne(who);
        if (who.has("one")) {
            return new One(uri(who.string("one")));
        }
        if (who.has("many")) {
            Members many = Members.of("many", who.get("many"), "domain", "except", "unknown");
            return new Many(
                    many.stringOrNull("domain"),
                    many.list("except", RulesetJsonReader::except),
                    many.list("unknown", RulesetJsonReader::unknown));
        }
        if (who.has("group")) {
            Members group = Members.of("group", who.get("group"), "name", "except");
            return new Group(group.string("name"), group.list("except", RulesetJsonReader::except));
        }
        return RulesetXml.unknown(who.string("unknown"));
    }

    private static Except except(Object value) {
        Members except = Members.of("except", value, "id", "domain");
        if (except.values().isEmpty()) {
            throw new InvalidDocument("except needs a member id or domain");
        }
        String id = except.stringOrNull("id");
        return new Except(id == null ? null : uri(id), except.stringOrNull("domain"));
    }

    private static String uri(String text) {
        if (text.indexOf('@') < 0 && text.indexOf(':') < 0) {
            throw new InvalidDocument("An identity is a URI such as pres:bob@example.com, not '"
                    + text.substring(0, Math.min(60, text.length())) + "'");
        }
        return text;
    }

    private static Unknown unknown(Object xml) {
        return RulesetXml.unknown(Members.text("unknown", xml));
    }

    private static Provision provision(Object value) {
        if (value.equals("all")) {
            return Provision.EVERYTHING;
        }
        if (value instanceof String) {
            throw new InvalidDocument("provide is \"all\" or an object");
        }
        Members provide = Members.of(
                "provide", value, "services", "persons", "devices", "attributes", "user-input", "unknown");
        boolean all = "all".equals(provide.get("attributes"));
        Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        if (!all) {
            attributes.addAll(provide.list("attributes", RulesetJsonReader::attribute));
        }
        String input = provide.stringOrNull("user-input");
        UserInput userInput = input == null
                ? UserInput.FALSE
                : UserInput.named(input).orElseThrow(() ->
                        new InvalidDocument("user-input is one of false, bare, thresholds, full, not '" + input + "'"));
        return new Provision(
                selection(provide, "services"),
                selection(provide, "persons"),
                selection(provide, "devices"),
                attributes,
                userInput,
                new HashSet<>(provide.list("unknown", RulesetJsonReader::name)),
                all);
    }

    private static Attribute attribute(Object word) {
        String name = Members.text("attributes", word);
        return Attribute.named(name).orElseThrow(() -> new InvalidDocument("attributes has no '" + name
                + "'; known are activities, class, deviceID, mood, place-is, place-type, privacy, relationship, sphere, "
                + "status-icon, time-offset, note"));
    }

    private static Provision.Name name(Object value) {
        Members name = Members.of("unknown", value, "ns", "name");
        return new Provision.Name(name.string("ns"), name.string("name"));
    }

    private static Selection selection(Members provide, String name) {
        if ("all".equals(provide.get(name))) {
            return Selection.ALL;
        }
        return new Selection(
                false, new LinkedHashSet<>(provide.list(name, value -> selector(name, value))));
    }

    private static Selector selector(String of, Object value) {
        if (!(value instanceof Map<?, ?> members) || members.size() != 1) {
            throw new InvalidDocument(of + " is \"all\" or an array of objects with one member each");
        }
        String word = String.valueOf(members.keySet().iterator().next());
        Selector.Kind kind = Selector.Kind.named(word)
                .filter(known -> known.chooses(of))
                .orElseThrow(() -> new InvalidDocument(of + " cannot be chosen by '" + word + "'"));
        String text = Members.text(word, members.values().iterator().next());
        return new Selector(
                kind,
                kind == Selector.Kind.UNKNOWN
                        ? AuthPolicyXml.writeElement(RulesetXml.unknown(text).element())
                        : text);
    }
}
