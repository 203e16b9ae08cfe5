package io.rollcall.document;

import io.rollcall.document.Element.Attribute;
import io.rollcall.document.Element.Text;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads one element of another namespace with all that is inside, without what does not matter to a watcher. */
final class ElementReader {
    private final XMLStreamReader in;

    ElementReader(XMLStreamReader in) {
        this.in = in;
    }

    /** Reads from the start tag the stream stands on up to its end tag. */
    Element read() throws XMLStreamException {
        String namespace = namespace(in);
        String name = in.getLocalName();
        List<Attribute> attributes = attributes(namespace);
        List<Node> content = content(Namespaces.known(namespace));
        return Repairs.apply(new Element(namespace, name, attributes, content));
    }

    /** The namespace of the element the stream stands on; empty where it has none. */
    static String namespace(XMLStreamReader in) {
        return nullToEmpty(in.getNamespaceURI());
    }

    private List<Attribute> attributes(String elementNamespace) {
        int count = in.getAttributeCount();
        List<Attribute> attributes = count == 0 ? List.of() : new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String namespace = nullToEmpty(in.getAttributeNamespace(i));
            String name = in.getAttributeLocalName(i);
            String value = kept(elementNamespace, namespace, name, in.getAttributeValue(i));
            if (value != null) {
                attributes.add(new Attribute(namespace, name, value));
            }
        }
        return attributes;
    }

    /**
     * Ids go, for several publications are composed into one document, where they might clash. So does what speaks to
     * schema processors, and white-space handling, which is settled here.
     */
    private static @Nullable String kept(String elementNamespace, String namespace, String name, String value) {
        return switch (namespace) {
            case "" -> name.equals("id") && hasIds(elementNamespace)
                    ? null
                    : Namespaces.known(elementNamespace) ? XmlText.strip(value) : value;
            case Namespaces.XML -> switch (name) {
                case "lang" -> XmlText.languageTag(value);
                case "base" -> value;
                default -> null;
            };
            case Namespaces.SCHEMA_INSTANCE -> null;
            default -> value;
        };
    }

    private static boolean hasIds(String namespace) {
        return Namespaces.known(namespace) || Namespaces.draftOfRpid(namespace);
    }

    private List<Node> content(boolean known) throws XMLStreamException {
        List<Node> nodes = new ArrayList<>(4);
        StringBuilder text = new StringBuilder();
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            switch (in.getEventType()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    flush(text, nodes);
                    nodes.add(read());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(in.getText());
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                default -> throw new InvalidDocument("Entities are not allowed");
            }
        }
        flush(text, nodes);
        return withoutInsignificantText(nodes, known);
    }

    private static void flush(StringBuilder text, List<Node> nodes) {
        if (!text.isEmpty()) {
            nodes.add(new Text(text.toString()));
            text.setLength(0);
        }
    }

    /** Blank text goes unless it stands in mixed content; values of known elements lose blanks at their ends. */
    private static List<Node> withoutInsignificantText(List<Node> nodes, boolean known) {
        boolean mixed = false;
        for (Node node : nodes) {
            mixed |= node instanceof Text text && !XmlText.isBlank(text.value());
        }
        if (!mixed) {
            nodes.removeIf(Text.class::isInstance);
        } else if (known && nodes.size() == 1 && nodes.get(0) instanceof Text text) {
            return List.of(new Text(XmlText.strip(text.value())));
        }
        return nodes;
    }

    private static String nullToEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
