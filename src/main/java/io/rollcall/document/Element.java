package io.rollcall.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of another namespace while it is read. Its attributes and text are already free of what does not matter:
 * ids, hints for schema processors, comments, whitespace between elements.
 */
record Element(String namespace, String name, List<Attribute> attributes, List<Node> content) implements Node {

    record Attribute(String namespace, String name, String value) {}

    record Text(String value) implements Node {}

    static Element of(String namespace, String name, List<Node> content) {
        return new Element(namespace, name, List.of(), content);
    }

    boolean is(String otherNamespace, String otherName) {
        return name.equals(otherName) && namespace.equals(otherNamespace);
    }

    Element with(List<Node> otherContent) {
        return new Element(namespace, name, attributes, otherContent);
    }

    boolean isEmpty() {
        return content.isEmpty();
    }

    boolean hasOnlyText() {
        return content.isEmpty() || content.size() == 1 && content.get(0) instanceof Text;
    }

    boolean hasOnlyElements() {
        for (Node node : content) {
            if (node instanceof Text) {
                return false;
            }
        }
        return true;
    }

    /** The text directly inside; empty when there is none. */
    String text() {
        return content.size() == 1 && content.get(0) instanceof Text text ? text.value() : "";
    }

    List<Element> children() {
        List<Element> children = new ArrayList<>(content.size());
        for (Node node : content) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    @Nullable String attribute(String attributeName) {
        for (Attribute attribute : attributes) {
            if (attribute.namespace().isEmpty() && attribute.name().equals(attributeName)) {
                return attribute.value();
            }
        }
        return null;
    }
}
