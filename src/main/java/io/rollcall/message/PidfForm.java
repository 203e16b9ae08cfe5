package io.rollcall.message;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Presence as PIDF (RFC 3863, 4479, 4480). */
final class PidfForm {
    private static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    private static final String DATA_MODEL = PIDF + ":data-model";
    private static final String RPID = PIDF + ":rpid";
    private static final String DEVICE = "urn:x-rollcall:device:";
    private static final String SCHEME = "pres:";
    private static final String OTHER = "other";
    private static final String LUNCH = "lunch";

    /** The activities that mean the state {@code busy}, and those that mean {@code away}; all others mean neither. */
    private static final Set<String> BUSY = Set.of(
            "appointment", "busy", "meeting", "on-the-phone", "performance", "presentation", "spectator", "steering", "worship");

    private static final Set<String> AWAY = Set.of(
            "away", "breakfast", "dinner", "holiday", "in-transit", LUNCH, "meal", "permanent-absence", "playing",
            "shopping", "sleeping", "travel", "tv", "vacation");

    private PidfForm() {}

    static Presence read(String body) {
        Element root = parse(body);
        if (!is(root, PIDF, "presence")) {
            throw new InvalidMessage("A document in XML is a presence element of PIDF");
        }
        List<Element> tuples = children(root, PIDF, "tuple");
        Element open = tuples.stream().filter(PidfForm::isOpen).findFirst().orElse(null);
        Element person = first(root, DATA_MODEL, "person");
        List<String> activities = person == null ? List.of() : activities(person);
        String state = stateOf(activities);
        if (state == null && open != null) {
            state = stateOf(activities(open));
        }
        Element contact = open == null ? null : first(open, PIDF, "contact");
        String priority = contact == null ? "" : contact.getAttribute("priority");
        return new Presence(
                account(root.getAttribute("entity")),
                open == null ? "offline" : state == null ? "online" : state,
                activities,
                text(person, DATA_MODEL, "note"),
                label(text(open, DATA_MODEL, "deviceID")),
                contact == null ? null : contact.getTextContent().strip(),
                priority.isEmpty() ? null : (Double) Double.parseDouble(priority));
    }

    private static Element parse(String body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(body))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException malformed) {
            throw new InvalidMessage("This is no XML without a DOCTYPE: " + malformed.getMessage(), malformed);
        }
    }

    private static boolean isOpen(Element tuple) {
        Element status = first(tuple, PIDF, "status");
        return !"closed".equals(text(status, PIDF, "basic"));
    }

    private static List<String> activities(Element of) {
        List<String> names = new ArrayList<>();
        for (Element list : children(of, RPID, "activities")) {
            for (Node node = list.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element activity && RPID.equals(activity.getNamespaceURI())) {
                    String name = activity.getLocalName();
                    boolean lunch = name.equals(OTHER) && activity.getTextContent().strip().equals(LUNCH);
                    names.add(lunch ? LUNCH : name);
                }
            }
        }
        names.remove("note");
        return names;
    }

    /** Busy before away; what is said outright before what is meant. */
    private static @Nullable String stateOf(List<String> activities) {
        if (activities.contains("busy") || activities.contains("away")) {
            return activities.contains("busy") ? "busy" : "away";
        }
        if (activities.stream().anyMatch(BUSY::contains)) {
            return "busy";
        }
        return activities.stream().anyMatch(AWAY::contains) ? "away" : null;
    }

    private static @Nullable Element first(@Nullable Element parent, String namespace, String name) {
        return parent == null
                ? null
                : children(parent, namespace, name).stream().findFirst().orElse(null);
    }

    private static List<Element> children(Element parent, String namespace, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && is(element, namespace, name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static boolean is(Element element, String namespace, String name) {
        return name.equals(element.getLocalName()) && namespace.equals(element.getNamespaceURI());
    }

    private static @Nullable String text(@Nullable Element parent, String namespace, String name) {
        Element child = first(parent, namespace, name);
        return child == null ? null : child.getTextContent().strip();
    }

    private static @Nullable String label(@Nullable String deviceId) {
        return deviceId == null || !deviceId.startsWith(DEVICE)
                ? deviceId
                : decode(deviceId.substring(DEVICE.length()));
    }

    private static String account(String entity) {
        return entity.startsWith(SCHEME) ? decode(entity.substring(SCHEME.length())) : entity;
    }

    private static String decode(String percentEncoded) {
        return URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String write(Presence presence, String account) {
        StringBuilder out = new StringBuilder(512).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<presence xmlns=\"");
        out.append(PIDF).append("\" xmlns:dm=\"").append(DATA_MODEL).append("\" xmlns:rpid=\"").append(RPID);
        out.append("\" entity=\"").append(SCHEME).append(encode(account).replace("%40", "@"));
        out.append("\"><tuple id=\"t\"><status><basic>");
        out.append(presence.state().equals("offline") ? "closed" : "open").append("</basic></status>");
        String device = presence.device() == null ? null : DEVICE + encode(presence.device());
        element(out, "dm:deviceID", device);
        if (presence.contact() != null) {
            out.append("<contact");
            if (presence.priority() != null) {
                out.append(" priority=\"").append(BigDecimal.valueOf(presence.priority()).toPlainString()).append('"');
            }
            escape(out.append('>'), presence.contact()).append("</contact>");
        }
        element(out, "note", presence.note());
        out.append("</tuple><dm:person id=\"p\">");
        writeActivities(out, presence);
        element(out, "dm:note", presence.note());
        out.append("</dm:person>");
        if (device != null) {
            element(out.append("<dm:device id=\"d\">"), "dm:deviceID", device);
            out.append("</dm:device>");
        }
        return out.append("</presence>").toString();
    }

    private static void writeActivities(StringBuilder out, Presence presence) {
        List<String> names = new ArrayList<>(presence.activities());
        boolean saysMore = presence.state().equals("busy") || presence.state().equals("away");
        if (saysMore && !presence.state().equals(stateOf(names))) {
            names.add(presence.state());
        }
        if (!names.isEmpty()) {
            out.append("<rpid:activities>");
            names.forEach(name -> out.append(
                    name.equals(LUNCH) ? "<rpid:other>" + LUNCH + "</rpid:other>" : "<rpid:" + name + "/>"));
            out.append("</rpid:activities>");
        }
    }

    private static void element(StringBuilder out, String name, @Nullable String text) {
        if (text != null) {
            escape(out.append('<').append(name).append('>'), text).append("</").append(name).append('>');
        }
    }

    private static StringBuilder escape(StringBuilder out, String text) {
        return out.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
}
