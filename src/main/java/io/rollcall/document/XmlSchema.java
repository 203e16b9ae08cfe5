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
import org.jspecify.annotations.Nullable;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/** A bundled schema. It is read from the class path once, at first need; nothing is ever fetched. */
final class XmlSchema {
    /** A scheme that no handler exists for: whatever does not come from the class path cannot come at all. */
    private static final String BUNDLED = "bundled";

    private final String complaint;
    private final String file;
    private volatile @Nullable Schema loaded;

    /** @param complaint what to say before what is wrong with a document */
    XmlSchema(String complaint, String file) {
        this.complaint = complaint;
        this.file = file;
    }

    /**
     * Checks a document that this server has written, or has read and written again.
     *
     * @throws InvalidDocument when it does not follow the schema
     */
    void check(String xml) {
        try {
            Validator validator = schema().newValidator();
            validator.setProperty("http://apache.org/xml/properties/locale", Locale.ROOT);
            validator.validate(new StreamSource(new StringReader(xml)));
        } catch (SAXException e) {
            throw new InvalidDocument(complaint + withoutCode(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutCode(String message) {
        int colon = message.startsWith("cvc-") ? message.indexOf(": ") : -1;
        return colon < 0 ? message : message.substring(colon + 2);
    }

    private Schema schema() {
        Schema schema = loaded;
        if (schema == null) {
            synchronized (this) {
                schema = loaded == null ? load(file) : loaded;
                loaded = schema;
            }
        }
        return schema;
    }

    private static Schema load(String file) {
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, BUNDLED);
            DOMImplementationLS inputs = inputs();
            factory.setResourceResolver((type, namespace, publicId, systemId, base) -> bundled(inputs, systemId));
            return factory.newSchema(new StreamSource(open(file), BUNDLED + ":/" + file));
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("The bundled schema " + file + " is damaged", e);
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
        InputStream in = XmlSchema.class.getResourceAsStream("/schemas/" + name);
        if (in == null) {
            throw new IllegalStateException("There is no bundled schema " + name);
        }
        return in;
    }
}
