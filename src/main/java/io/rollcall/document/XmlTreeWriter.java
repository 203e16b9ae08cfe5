package io.rollcall.document;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a tree so that equal trees are equal strings: fixed prefixes, all namespaces declared on the root. */
final class XmlTreeWriter {
    private final Map<String, String> prefixes = new LinkedHashMap<>();

    /** @param fixed prefixes by namespace, for those that have a usual one */
    private XmlTreeWriter(Map<String, String> fixed, XmlTree root) {
        collect(root, fixed);
    }

    static String write(XmlTree root, Map<String, String> fixed) {
        return new XmlTreeWriter(fixed, root).append(new StringBuilder(512), root, true).toString();
    }

    private void collect(XmlTree tree, Map<String, String> fixed) {
        declare(tree.namespace(), fixed);
        tree.attributes().forEach(attribute -> declare(attribute.namespace(), fixed));
        tree.children().forEach(child -> collect(child, fixed));
    }

    private void declare(String namespace, Map<String, String> fixed) {
        if (!namespace.isEmpty() && !namespace.equals(Namespaces.XML)) {
            prefixes.computeIfAbsent(namespace, any -> fixed.getOrDefault(namespace, "n" + prefixes.size()));
        }
    }

    private StringBuilder append(StringBuilder out, XmlTree tree, boolean root) {
        String tag = qualified(tree.namespace(), tree.name());
        out.append('<').append(tag);
        if (root) {
            prefixes.forEach((namespace, prefix) -> XmlText.appendAttribute(out, "xmlns:" + prefix, namespace));
        }
        for (XmlTree.Attribute attribute : tree.attributes()) {
            XmlText.appendAttribute(out, qualified(attribute.namespace(), attribute.name()), attribute.value());
        }
        if (tree.content().isEmpty()) {
            return out.append("/>");
        }
        out.append('>');
        for (Object part : tree.content()) {
            if (part instanceof XmlTree child) {
                append(out, child, false);
            } else {
                XmlText.appendText(out, part.toString());
            }
        }
        return out.append("</").append(tag).append('>');
    }

    private String qualified(String namespace, String name) {
        if (namespace.isEmpty()) {
            return name;
        }
        return (namespace.equals(Namespaces.XML) ? "xml" : prefixes.get(namespace)) + ':' + name;
    }
}
