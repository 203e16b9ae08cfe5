package io.rollcall.document;

import io.rollcall.document.Element.Attribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes an element so that equal elements are equal strings: fixed prefixes for the known namespaces, {@code n1},
 * {@code n2} … for others in the order they are met, all declared on the outermost tag; attributes sorted by namespace
 * and name. Every {@code >} that is not a tag's end is escaped.
 */
final class CanonicalXml {
    private static final Comparator<Attribute> ORDER =
            Comparator.comparing(Attribute::namespace).thenComparing(Attribute::name);

    private final StringBuilder out = new StringBuilder(160);
    private final List<String> foreign = new ArrayList<>(2);

    private CanonicalXml() {}

    static Extension extension(Element element) {
        CanonicalXml writer = new CanonicalXml();
        writer.write(element, Namespaces.PIDF);
        writer.declareForeign();
        return new Extension(element.namespace(), element.name(), writer.out.toString());
    }

    /** The default namespace changes only for elements without a namespace, and for PIDF elements inside those. */
    private void write(Element element, String outerDefault) {
        String namespace = element.namespace();
        boolean unprefixed = namespace.isEmpty() || namespace.equals(Namespaces.PIDF);
        String tag = unprefixed ? element.name() : prefix(namespace) + ':' + element.name();
        out.append('<').append(tag);
        if (unprefixed && !namespace.equals(outerDefault)) {
            XmlText.appendAttribute(out, "xmlns", namespace);
        }
        writeAttributes(element.attributes());
        if (element.isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (Node node : element.content()) {
            if (node instanceof Element child) {
                write(child, unprefixed ? namespace : outerDefault);
            } else if (node instanceof Element.Text text) {
                XmlText.appendText(out, text.value());
            }
        }
        out.append("</").append(tag).append('>');
    }

    private void writeAttributes(List<Attribute> attributes) {
        List<Attribute> sorted = attributes;
        if (attributes.size() > 1) {
            sorted = new ArrayList<>(attributes);
            sorted.sort(ORDER);
        }
        for (Attribute attribute : sorted) {
            String namespace = attribute.namespace();
            String name = namespace.isEmpty() ? attribute.name() : prefix(namespace) + ':' + attribute.name();
            XmlText.appendAttribute(out, name, attribute.value());
        }
    }

    private String prefix(String namespace) {
        return switch (namespace) {
            case Namespaces.DATA_MODEL -> "dm";
            case Namespaces.RPID -> "rpid";
            case Namespaces.CIPID -> "cipid";
            case Namespaces.XML -> "xml";
            default -> foreignPrefix(namespace);
        };
    }

    private String foreignPrefix(String namespace) {
        int index = foreign.indexOf(namespace);
        if (index < 0) {
            index = foreign.size();
            foreign.add(namespace);
        }
        return "n" + (index + 1);
    }

    private void declareForeign() {
        if (foreign.isEmpty()) {
            return;
        }
        StringBuilder declarations = new StringBuilder(80);
        for (int i = 0; i < foreign.size(); i++) {
            XmlText.appendAttribute(declarations, "xmlns:n" + (i + 1), foreign.get(i));
        }
        int endOfName = 1;
        while (" />".indexOf(out.charAt(endOfName)) < 0) {
            endOfName++;
        }
        out.insert(endOfName, declarations);
    }
}
