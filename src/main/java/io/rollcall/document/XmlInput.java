package io.rollcall.document;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.osgi.InputFactoryProviderImpl;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.jspecify.annotations.Nullable;

/** Opens XML within limits: 1.0 only, without DOCTYPE and entities of its own. May be used by any number of threads. */
final class XmlInput {
    private static final Set<String> CHARSETS =
            Set.of("UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "ISO-8859-1", "US-ASCII", "WINDOWS-1252", "ISO-8859-15");

    private final XMLInputFactory2 factory;

    XmlInput(DocumentLimits limits) {
        this.factory = factory(limits);
    }

    private static XMLStreamReader checked(XMLStreamReader in) {
        if (in.getVersion() != null && !in.getVersion().equals("1.0")) {
            throw new InvalidDocument("The document must be XML 1.0");
        }
        String declared = in.getCharacterEncodingScheme();
        if (declared != null && !CHARSETS.contains(declared.toUpperCase(Locale.ROOT))) {
            throw unknownCharset(declared);
        }
        return in;
    }

    /**
     * Opens a document that came from outside.
     *
     * @param charset the parameter of the Content-Type, which counts before the XML declaration, but after a byte order
     *     mark (RFC 7303 §3.2); null when there is none
     * @throws InvalidDocument when it is in an encoding that is not supported, or not in the one that is named
     */
    XMLStreamReader open(byte[] body, @Nullable String charset) throws XMLStreamException {
        return checked(stream(body, charset));
    }

    /** Opens a document in memory. */
    XMLStreamReader open(String text) throws XMLStreamException {
        return checked(factory.createXMLStreamReader(new StringReader(text)));
    }

    private XMLStreamReader stream(byte[] body, @Nullable String charset) throws XMLStreamException {
        if (charset == null || hasByteOrderMark(body)) {
            return factory.createXMLStreamReader(new ByteArrayInputStream(body));
        }
        Charset named = charset(charset);
        if (named.equals(StandardCharsets.UTF_8)) {
            return factory.createXMLStreamReader(new ByteArrayInputStream(body), "UTF-8");
        }
        try {
            String text = named.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return factory.createXMLStreamReader(new StringReader(text));
        } catch (CharacterCodingException e) {
            throw new InvalidDocument("The document is not in " + named + " as its Content-Type says", e);
        }
    }

    private static boolean hasByteOrderMark(byte[] body) {
        if (body.length < 3) {
            return false;
        }
        int first = (body[0] & 0xFF) << 8 | body[1] & 0xFF;
        return first == 0xFEFF || first == 0xFFFE || first == 0xEFBB && (body[2] & 0xFF) == 0xBF;
    }

    private static Charset charset(String name) {
        String plain = name.strip().replace("\"", "").toUpperCase(Locale.ROOT);
        try {
            Charset charset = Charset.forName(plain);
            if (CHARSETS.contains(charset.name().toUpperCase(Locale.ROOT))) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw unknownCharset(name);
        }
        throw unknownCharset(name);
    }

    private static InvalidDocument unknownCharset(String name) {
        return new InvalidDocument(
                "The character encoding " + XmlText.quote(name) + " is not supported: send the document in UTF-8");
    }

    static InvalidDocument notWellFormed(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        String what = end < 0 ? message : message.substring(0, end);
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNumber() + ", column " + e.getLocation().getColumnNumber() + ")";
        return new InvalidDocument("The document is not well-formed XML, or too large: " + what + where, e);
    }

    /** Through its provider, for WstxInputFactory itself carries an annotation that compilers warn of. */
    private static XMLInputFactory2 factory(DocumentLimits limits) {
        XMLInputFactory2 factory = new InputFactoryProviderImpl().createInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.maxDepth());
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) limits.maxElements());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, limits.maxAttributes());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.maxValueLength());
        return factory;
    }
}
