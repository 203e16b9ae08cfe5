package io.rollcall.document;

/**
 * An element of another namespace, kept and handed on as it came (RFC 3863 §4.2).
 *
 * @param namespace its namespace, never empty
 * @param name its local name
 * @param xml the whole element, written canonically: equal elements are equal strings, it stands on its own beside the
 *     namespaces that {@link PidfWriter} declares on the root, and holds no attribute of type xs:ID
 */
public record Extension(String namespace, String name, String xml) {

    /** The text of an element that holds nothing else; empty where it holds elements. */
    public String text() {
        int start = xml.indexOf('>') + 1;
        int end = xml.indexOf('<', start);
        if (end < 0 || xml.charAt(end + 1) != '/') {
            return "";
        }
        String text = xml.substring(start, end);
        return text.indexOf('&') < 0
                ? text
                : text.replace("&lt;", "<").replace("&gt;", ">").replace("&#13;", "\r").replace("&amp;", "&");
    }
}
