package io.rollcall.document;

import io.rollcall.document.Element.Attribute;
import java.util.List;
import java.util.Set;

/**
 * A cheap look whether an element certainly follows the schemas of PIDF, the data model, RPID and CIPID. It knows what
 * clients commonly send; for the rest it answers false, and {@link PresenceSchema} has the word.
 *
 * <p>Wildcards in those schemas are lax, so a known element is held to its schema wherever it stands, also inside
 * elements of unknown namespaces.
 */
final class KnownElements {
    private static final Set<String> MOODS = Set.of(
            "afraid", "amazed", "angry", "annoyed", "anxious", "ashamed", "bored", "brave", "calm", "cold", "confused",
            "contented", "cranky", "curious", "depressed", "disappointed", "disgusted", "distracted", "embarrassed",
            "excited", "flirtatious", "frustrated", "grumpy", "guilty", "happy", "hot", "humbled", "humiliated",
            "hungry", "hurt", "impressed", "in_awe", "in_love", "indignant", "interested", "invincible", "jealous",
            "lonely", "mean", "moody", "nervous", "neutral", "offended", "other", "playful", "proud", "relieved",
            "remorseful", "restless", "sad", "sarcastic", "serious", "shocked", "shy", "sick", "sleepy", "stressed",
            "surprised", "thirsty", "unknown", "worried");

    private KnownElements() {}

    static boolean surelyValid(Element element) {
        String name = element.name();
        return switch (element.namespace()) {
            case Namespaces.PIDF -> !name.equals("presence") && lax(element);
            case Namespaces.DATA_MODEL -> switch (name) {
                case "deviceID" -> uri(element);
                case "person", "device" -> false;
                default -> lax(element);
            };
            case Namespaces.RPID -> rpid(element);
            case Namespaces.CIPID -> switch (name) {
                case "display-name" -> onlyText(element);
                case "card", "homepage", "icon", "map", "sound" -> uri(element);
                default -> lax(element);
            };
            default -> lax(element);
        };
    }

    private static boolean rpid(Element element) {
        return switch (element.name()) {
            case Activities.NAME -> choice(element, true);
            case "mood" -> choice(element, false);
            case "class" -> onlyText(element);
            case "user-input" -> userInput(element);
            case "place-is", "place-type", "privacy", "relationship", "service-class", "sphere", "status-icon",
                    "time-offset" -> false;
            default -> lax(element);
        };
    }

    /** Notes, then empty elements of the list; an empty mood is invalid, empty activities are not. */
    private static boolean choice(Element element, boolean activities) {
        if (!element.hasOnlyElements() || !attributes(element)) {
            return false;
        }
        int notes = 0;
        boolean unknown = false;
        List<Element> children = element.children();
        for (Element child : children) {
            boolean isNote = child.is(Namespaces.RPID, "note") && children.get(notes) == child;
            if (!(isNote ? note(child) : choiceItem(child, activities))) {
                return false;
            }
            notes += isNote ? 1 : 0;
            unknown |= child.is(Namespaces.RPID, "unknown");
        }
        int items = children.size() - notes;
        return unknown ? items == 1 : items > 0 || activities;
    }

    private static boolean choiceItem(Element child, boolean activities) {
        if (!child.namespace().equals(Namespaces.RPID)) {
            return !child.namespace().isEmpty() && surelyValid(child);
        }
        if (child.name().equals("other")) {
            return note(child);
        }
        boolean listed = activities
                ? Activities.known(child.name()) && !child.name().equals(Activities.LUNCH)
                : MOODS.contains(child.name());
        return listed && child.isEmpty() && child.attributes().isEmpty();
    }

    private static boolean note(Element element) {
        List<Attribute> attributes = element.attributes();
        return element.hasOnlyText()
                && (attributes.isEmpty()
                        || attributes.size() == 1
                                && attributes.get(0).namespace().equals(Namespaces.XML)
                                && attributes(element));
    }

    private static boolean userInput(Element element) {
        String threshold = element.attribute("idle-threshold");
        return element.hasOnlyText()
                && (element.text().equals("idle") || element.text().equals("active"))
                && (threshold == null || SimpleValues.isPositiveInteger(threshold))
                && attributes(element);
    }

    private static boolean onlyText(Element element) {
        return element.hasOnlyText() && element.attributes().isEmpty();
    }

    private static boolean uri(Element element) {
        return onlyText(element) && element.text().equals(Uris.written(element.text()));
    }

    private static boolean lax(Element element) {
        if (!attributes(element)) {
            return false;
        }
        for (Node node : element.content()) {
            if (node instanceof Element child && !surelyValid(child)) {
                return false;
            }
        }
        return true;
    }

    /** Attributes that some schema declares, wherever they stand, have values that are certainly of their types. */
    private static boolean attributes(Element element) {
        boolean rpid = element.namespace().equals(Namespaces.RPID);
        for (Attribute attribute : element.attributes()) {
            boolean valid = switch (attribute.namespace()) {
                case "" -> !rpid || !isTime(attribute.name()) || SimpleValues.isDateTime(attribute.value());
                case Namespaces.XML -> attribute.name().equals("lang");
                case Namespaces.PIDF -> !attribute.name().equals("mustUnderstand")
                        || SimpleValues.isBoolean(attribute.value());
                default -> true;
            };
            if (!valid) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTime(String name) {
        return name.equals("from") || name.equals("until") || name.equals("last-input");
    }
}
