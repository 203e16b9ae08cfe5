package io.rollcall.document;

import io.rollcall.document.Element.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Habits of clients that the RPID schema refuses although it is plain what they mean. An element in order comes back as
 * it is; a repaired one is in order.
 */
final class Repairs {
    private static final String SPHERE = "urn:x-rollcall:sphere";
    private static final List<String> PLACE_IS = List.of("note", "audio", "video", "text");
    private static final List<String> PRIVACY = List.of("note", "audio", "text", "video");
    private static final List<String> NOTES_FIRST = List.of("note");

    /** RFC 4589 §3. */
    private static final Set<String> PLACES = Set.of(
            "aircraft", "airport", "arena", "automobile", "bank", "bar", "bicycle", "bus", "bus-station", "cafe",
            "classroom", "club", "construction", "convention-center", "government", "hospital", "hotel", "industrial",
            "library", "motorcycle", "office", "outdoors", "parking", "place-of-worship", "prison", "public",
            "public-transport", "residence", "restaurant", "school", "shopping-area", "stadium", "store", "street",
            "theater", "train", "train-station", "truck", "underway", "unknown", "warehouse", "water", "watercraft");

    private Repairs() {}

    static Element apply(Element element) {
        if (element.namespace().equals(Namespaces.RPID)) {
            return switch (element.name()) {
                case Activities.NAME -> activities(element);
                case "mood" -> mood(element);
                case "class" -> collapsed(element);
                case "place-is" -> sorted(element, PLACE_IS);
                case "privacy" -> sorted(element, PRIVACY);
                case "relationship", "service-class" -> sorted(element, NOTES_FIRST);
                case "place-type" -> placeType(element);
                case "sphere" -> sphere(element);
                case "status-icon" -> uri(element);
                case "time-offset", "user-input" -> numbers(element);
                default -> element;
            };
        }
        if (element.namespace().equals(Namespaces.CIPID) && !element.name().equals("display-name")
                || element.is(Namespaces.DATA_MODEL, "deviceID")) {
            return uri(element);
        }
        boolean draft = element.name().equals(Activities.NAME) && Namespaces.draftOfRpid(element.namespace());
        return draft ? draftActivities(element) : element;
    }

    /** Moves notes to the front, reads a name given as text, and drops unknown beside something known. */
    private static Element activities(Element element) {
        if (element.hasOnlyText() && Activities.known(element.text())) {
            return element.with(List.of(named(element.text(), element)));
        }
        List<Node> content = new ArrayList<>(element.content());
        content.replaceAll(Repairs::activity);
        return sorted(withoutNeedlessUnknown(element.with(content)), NOTES_FIRST);
    }

    private static Node activity(Node node) {
        if (!(node instanceof Element child) || !child.namespace().equals(Namespaces.RPID)) {
            return node;
        }
        return switch (child.name()) {
            case Activities.LUNCH -> child.isEmpty() ? named(Activities.LUNCH, child) : child;
            case "activity" -> named(child.text(), child);
            default -> child;
        };
    }

    private static Element mood(Element element) {
        Element mood = sorted(withoutNeedlessUnknown(element), NOTES_FIRST);
        for (Element child : mood.children()) {
            if (!child.is(Namespaces.RPID, "note")) {
                return mood;
            }
        }
        if (!mood.hasOnlyElements()) {
            return mood;
        }
        List<Node> content = new ArrayList<>(mood.content());
        content.add(Element.of(Namespaces.RPID, "unknown", List.of()));
        return mood.with(content);
    }

    /** Drafts named activities by text or by element; what RFC 4480 does not list is handed on in words. */
    private static Element draftActivities(Element element) {
        List<Node> content = new ArrayList<>();
        for (Node node : element.content()) {
            if (!(node instanceof Element child) || !child.namespace().equals(element.namespace())) {
                content.add(node);
            } else if (child.name().equals("note")) {
                content.add(new Element(Namespaces.RPID, "note", child.attributes(), child.content()));
            } else {
                boolean asText = child.name().equals("activity");
                content.add(named(asText ? XmlText.strip(child.text()) : child.name(), child));
            }
        }
        return activities(new Element(Namespaces.RPID, Activities.NAME, element.attributes(), content));
    }

    private static Element named(String activity, Element original) {
        if (Activities.known(activity) && !activity.equals("other") && !activity.equals(Activities.LUNCH)) {
            return Element.of(Namespaces.RPID, activity, List.of());
        }
        List<Node> words = original.hasOnlyText() && !original.isEmpty()
                ? original.content()
                : List.of(new Text(activity));
        return Element.of(Namespaces.RPID, "other", words);
    }

    private static Element withoutNeedlessUnknown(Element element) {
        int named = 0;
        int unknown = 0;
        for (Element child : element.children()) {
            named += child.is(Namespaces.RPID, "note") ? 0 : 1;
            unknown += child.is(Namespaces.RPID, "unknown") ? 1 : 0;
        }
        if (unknown == 0 || named == 1) {
            return element;
        }
        boolean[] keepOne = {named == unknown};
        List<Node> content = new ArrayList<>(element.content());
        content.removeIf(node ->
                node instanceof Element child && child.is(Namespaces.RPID, "unknown") && !take(keepOne));
        return element.with(content);
    }

    private static boolean take(boolean[] one) {
        boolean taken = one[0];
        one[0] = false;
        return taken;
    }

    /** Before RFC 4589 places were elements of RPID itself. */
    private static Element placeType(Element element) {
        List<Node> content = new ArrayList<>(element.content());
        content.replaceAll(node -> node instanceof Element child && child.namespace().equals(Namespaces.RPID)
                ? place(child)
                : node);
        return sorted(element.with(content), NOTES_FIRST);
    }

    private static Element place(Element child) {
        if (child.name().equals("note") || child.name().equals("other") || !child.isEmpty()) {
            return child;
        }
        return PLACES.contains(child.name())
                ? Element.of(Namespaces.LOCATION_TYPE, child.name(), List.of())
                : Element.of(Namespaces.RPID, "other", List.of(new Text(child.name())));
    }

    /** The example of RFC 4480 §4 gives the sphere in words, which its schema has no place for but an element. */
    private static Element sphere(Element element) {
        if (element.isEmpty() || !element.hasOnlyText()) {
            return element;
        }
        return switch (element.text()) {
            case "home", "work", "unknown" ->
                element.with(List.of(Element.of(Namespaces.RPID, element.text(), List.of())));
            default -> element.with(List.of(Element.of(SPHERE, "value", element.content())));
        };
    }

    private static Element uri(Element element) {
        if (element.isEmpty() || !element.hasOnlyText()) {
            return element;
        }
        String uri = Uris.written(element.text());
        if (uri == null) {
            throw new InvalidDocument(
                    element.name() + " must be a URI (RFC 3986), not " + XmlText.quote(element.text()));
        }
        return element.with(List.of(new Text(uri)));
    }

    /** Schemas let integers be of any size, their processors do not. */
    private static Element numbers(Element element) {
        String threshold = element.attribute("idle-threshold");
        if (element.text().length() > 10 || threshold != null && threshold.length() > 10) {
            throw new InvalidDocument("A number in " + element.name() + " is too large");
        }
        return element;
    }

    private static Element collapsed(Element element) {
        return element.isEmpty() || !element.hasOnlyText()
                ? element
                : element.with(List.of(new Text(XmlText.collapse(element.text()))));
    }

    /** Children of RPID in the order of their names in the list, others behind them; equals keep their order. */
    private static Element sorted(Element element, List<String> order) {
        if (element.content().size() < 2 || !element.hasOnlyElements()) {
            return element;
        }
        ToIntFunction<Node> rank = node -> {
            Element child = (Element) node;
            int index = child.namespace().equals(Namespaces.RPID) ? order.indexOf(child.name()) : -1;
            return index < 0 ? order.size() : index;
        };
        List<Node> content = new ArrayList<>(element.content());
        content.sort(Comparator.comparingInt(rank));
        return element.with(content);
    }
}
