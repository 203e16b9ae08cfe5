package io.rollcall.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element with all that is inside, without comments, blanks between elements, and hints for schema processors. Equal
 * trees say the same, whatever prefixes they were written with.
 *
 * @param namespace empty where it has none
 * @param content strings and trees, in their order
 */
public record XmlTree(String namespace, String name, List<Attribute> attributes, List<Object> content) {

    /** @param namespace empty where it has none */
    public record Attribute(String namespace, String name, String value) {}

    public XmlTree {
        attributes = List.copyOf(attributes);
        content = List.copyOf(content);
    }

    /** An element without attributes. */
    public static XmlTree of(String namespace, String name, Object... content) {
        return new XmlTree(namespace, name, List.of(), Arrays.asList(content));
    }

    /** The same with one more attribute, which has no namespace. */
    public XmlTree with(String attribute, String value) {
        List<Attribute> more = new ArrayList<>(attributes);
        more.add(new Attribute("", attribute, value));
        return new XmlTree(namespace, name, more, content);
    }

    public boolean is(String otherNamespace, String otherName) {
        return name.equals(otherName) && namespace.equals(otherNamespace);
    }

    /** The elements directly inside. */
    public List<XmlTree> children() {
        return content.stream()
                .filter(XmlTree.class::isInstance)
                .map(XmlTree.class::cast)
                .toList();
    }

    /** The text directly inside, as the value of an xs:token. */
    public String token() {
        StringBuilder text = new StringBuilder();
        content.stream().filter(String.class::isInstance).forEach(text::append);
        return XmlText.collapse(text.toString());
    }

    /** The value of an attribute without a namespace. */
    public @Nullable String attribute(String attribute) {
        for (Attribute candidate : attributes) {
            if (candidate.namespace().isEmpty() && candidate.name().equals(attribute)) {
                return candidate.value();
            }
        }
        return null;
    }

    /** Reads the element the stream stands on, up to its end. */
    static XmlTree read(XMLStreamReader in) throws XMLStreamException {
        String namespace = ElementReader.namespace(in);
        String name = in.getLocalName();
        List<Attribute> attributes = attributes(in);
        List<Object> content = new ArrayList<>(4);
        StringBuilder text = new StringBuilder();
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            switch (in.getEventType()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    flush(text, content);
                    content.add(read(in));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(in.getText());
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                default -> throw new InvalidDocument("Entities are not allowed");
            }
        }
        flush(text, content);
        return new XmlTree(namespace, name, attributes, content);
    }

    private static List<Attribute> attributes(XMLStreamReader in) {
        List<Attribute> attributes = new ArrayList<>(in.getAttributeCount());
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String namespace = in.getAttributeNamespace(i);
            if (!Namespaces.SCHEMA_INSTANCE.equals(namespace)) {
                attributes.add(new Attribute(
                        namespace == null ? "" : namespace, in.getAttributeLocalName(i), in.getAttributeValue(i)));
            }
        }
        return attributes;
    }

    private static void flush(StringBuilder text, List<Object> content) {
        if (!XmlText.isBlank(text)) {
            content.add(text.toString());
        }
        text.setLength(0);
    }
}
