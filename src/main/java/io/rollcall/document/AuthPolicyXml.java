package io.rollcall.document;

import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The form {@code application/auth-policy+xml} of rules (RFC 4745 §13, RFC 5025 §8): well-formed, within limits, and
 * valid by the schemas of both. What the elements mean is not looked at here.
 */
public final class AuthPolicyXml {
    public static final String COMMON_POLICY = "urn:ietf:params:xml:ns:common-policy";
    public static final String PRES_RULES = "urn:ietf:params:xml:ns:pres-rules";
    /** What this server adds to both: conditions on groups of the directory. */
    public static final String ROLLCALL = "urn:rollcall:policy";

    private static final Map<String, String> PREFIXES =
            Map.of(COMMON_POLICY, "cp", PRES_RULES, "pr", ROLLCALL, "rollcall");
    private static final XmlSchema SCHEMA =
            new XmlSchema("The document does not follow the schemas of RFC 4745 and 5025: ", "pres-rules.xsd");

    private final XmlInput input;

    /** @param limits those on depth, elements, attributes and values apply */
    public AuthPolicyXml(DocumentLimits limits) {
        this.input = new XmlInput(limits);
    }

    /**
     * Reads a ruleset.
     *
     * @param charset the parameter of the Content-Type, or null
     * @throws InvalidDocument when it is not a valid ruleset, or too large
     */
    public XmlTree read(byte[] body, @Nullable String charset) {
        try {
            XmlTree ruleset = read(input.open(body, charset));
            if (!ruleset.is(COMMON_POLICY, "ruleset")) {
                throw new InvalidDocument("The root must be ruleset in the namespace " + COMMON_POLICY
                        + " (RFC 4745 §13), not " + XmlText.quote(ruleset.name()));
            }
            SCHEMA.check(XmlTreeWriter.write(ruleset, PREFIXES));
            return ruleset;
        } catch (XMLStreamException e) {
            throw XmlInput.notWellFormed(e);
        }
    }

    /**
     * Reads one element by itself, as {@link #writeElement} writes it.
     *
     * @throws InvalidDocument when it is not one well-formed element, or too large
     */
    public XmlTree readElement(String xml) {
        try {
            return read(input.open(xml));
        } catch (XMLStreamException e) {
            throw XmlInput.notWellFormed(e);
        }
    }

    /** Whether every character of the text may stand in XML. */
    public static boolean canCarry(String text) {
        return XmlText.firstForbidden(text) < 0;
    }

    /** Writes a ruleset. */
    public static String write(XmlTree ruleset) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + XmlTreeWriter.write(ruleset, PREFIXES) + '\n';
    }

    /** Writes an element that stands by itself. */
    public static String writeElement(XmlTree element) {
        return XmlTreeWriter.write(element, PREFIXES);
    }

    private static XmlTree read(XMLStreamReader in) throws XMLStreamException {
        try {
            while (in.next() != XMLStreamConstants.START_ELEMENT) {
                if (in.getEventType() == XMLStreamConstants.DTD) {
                    throw new InvalidDocument("A DOCTYPE is not allowed: leave it out");
                }
            }
            XmlTree root = XmlTree.read(in);
            while (in.hasNext()) {
                in.next();
            }
            return root;
        } finally {
            in.close();
        }
    }
}
