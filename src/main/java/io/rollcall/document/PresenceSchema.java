package io.rollcall.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/**
 * The schemas of PIDF, the data model, RPID and CIPID, which every written document follows. They are read from the
 * class path once, at first need; nothing is ever fetched.
 */
final class PresenceSchema {
    /** A scheme that no handler exists for: whatever does not come from the class path cannot come at all. */
    private static final String BUNDLED = "bundled";

    private PresenceSchema() {}

    /** @throws InvalidDocument when the PIDF document does not follow the schemas */
    static void check(String pidf) {
        try {
            Validator validator = Loaded.SCHEMA.newValidator();
            validator.setProperty("http://apache.org/xml/properties/locale", Locale.ROOT);
            validator.validate(new StreamSource(new StringReader(pidf)));
        } catch (SAXException e) {
            throw new InvalidDocument("The document does not follow the schemas of RFC 3863, 4479, 4480 and 4482: "
                    + withoutCode(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutCode(String message) {
        int colon = message.startsWith("cvc-") ? message.indexOf(": ") : -1;
        return colon < 0 ? message : message.substring(colon + 2);
    }

    private static final class Loaded {
        static final Schema SCHEMA = load();

        private static Schema load() {
            try {
                SchemaFactory factory = SchemaFactory.newDefaultInstance();
                factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
                factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
                factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, BUNDLED);
                DOMImplementationLS inputs = inputs();
                factory.setResourceResolver((type, namespace, publicId, systemId, base) -> bundled(inputs, systemId));
                return factory.newSchema(new StreamSource(open("presence.xsd"), BUNDLED + ":/presence.xsd"));
            } catch (SAXException | ParserConfigurationException e) {
                throw new IllegalStateException("The bundled presence schemas are damaged", e);
            }
        }

        private static DOMImplementationLS inputs() throws ParserConfigurationException {
            return (DOMImplementationLS) DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .getFeature("LS", "3.0");
        }

        private static LSInput bundled(DOMImplementationLS inputs, String systemId) {
            String name = systemId.substring(systemId.lastIndexOf('/') + 1);
            LSInput input = inputs.createLSInput();
            input.setSystemId(BUNDLED + ":/" + name);
            input.setByteStream(open(name));
            return input;
        }

        private static InputStream open(String name) {
            InputStream in = PresenceSchema.class.getResourceAsStream("/schemas/" + name);
            if (in == null) {
                throw new IllegalStateException("There is no bundled schema " + name);
            }
            return in;
        }
    }
}
