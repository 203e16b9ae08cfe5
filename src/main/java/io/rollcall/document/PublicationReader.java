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

/**
 * Reads what clients publish, PIDF or JSON, into a {@link Publication}. Whatever comes out can be written as PIDF that
 * follows the schemas of RFC 3863, 4479, 4480 and 4482; whatever cannot is refused with {@link InvalidDocument}.
 *
 * <p>Ids and times of clients are dropped, for both are the server's. May be used by any number of threads.
 */
public final class PublicationReader {
    private static final Set<String> CHARSETS =
            Set.of("UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "ISO-8859-1", "US-ASCII", "WINDOWS-1252", "ISO-8859-15");

    private final DocumentLimits limits;
    private final XMLInputFactory2 xml;
    private final XMLInputFactory2 storedXml;
    private final DocumentLimits storedLimits;
    private final JsonReader json;

    public PublicationReader(DocumentLimits limits) {
        this.limits = limits;
        this.xml = factory(limits);
        this.storedLimits = withoutLimits();
        this.storedXml = factory(storedLimits);
        this.json = new JsonReader(limits);
    }

    /**
     * Reads a PIDF document (RFC 3863, 4479, 4480). The order of elements does not matter, nor do prefixes. Notes
     * directly under {@code presence} become the person's when it has none itself (RFC 4479 §5).
     *
     * @param charset the parameter of the Content-Type, which counts before the XML declaration, but after a byte order
     *     mark (RFC 7303 §3.2); null when there is none
     * @param account the address that the entity must name, as {@code pres:}, {@code sip:} or {@code sips:} URI
     * @throws InvalidDocument when it is not one PIDF document with exactly one tuple, or is too large
     */
    public Publication readPidf(byte[] body, @Nullable String charset, String account) {
        if (body.length > limits.maxBytes()) {
            throw new InvalidDocument("A document may have at most " + limits.maxBytes() + " bytes");
        }
        try {
            return parse(open(body, charset), limits, account, null);
        } catch (XMLStreamException e) {
            throw notWellFormed(e);
        }
    }

    /**
     * Reads a JSON publication: an object with {@code state} and, if wanted, {@code activities}, {@code note},
     * {@code device}, {@code contact} and {@code priority}; always in UTF-8.
     *
     * @throws InvalidDocument when a member is missing, unknown, given twice, or of a wrong type or value
     */
    public Publication readJson(byte[] body) {
        return json.read(body);
    }

    /**
     * Reads back what {@link PidfWriter#write(String, String, Publication, java.time.Instant)} wrote.
     *
     * @param state the publication's state, which PIDF cannot always tell
     * @return a publication equal to the one that was written
     * @throws InvalidDocument when the text is damaged
     */
    public Publication readStored(String pidf, State state) {
        try {
            return parse(storedXml.createXMLStreamReader(new StringReader(pidf)), storedLimits, null, state);
        } catch (XMLStreamException e) {
            throw notWellFormed(e);
        }
    }

    private static Publication parse(
            XMLStreamReader in, DocumentLimits limits, @Nullable String account, @Nullable State given)
            throws XMLStreamException {
        try {
            checkDeclaration(in);
            return new PidfParser(in, limits).parse(account, given);
        } finally {
            in.close();
        }
    }

    private static void checkDeclaration(XMLStreamReader in) {
        if (in.getVersion() != null && !in.getVersion().equals("1.0")) {
            throw new InvalidDocument("The document must be XML 1.0");
        }
        String declared = in.getCharacterEncodingScheme();
        if (declared != null && !CHARSETS.contains(declared.toUpperCase(Locale.ROOT))) {
            throw unknownCharset(declared);
        }
    }

    private XMLStreamReader open(byte[] body, @Nullable String charset) throws XMLStreamException {
        if (charset == null || hasByteOrderMark(body)) {
            return xml.createXMLStreamReader(new ByteArrayInputStream(body));
        }
        Charset named = charset(charset);
        if (named.equals(StandardCharsets.UTF_8)) {
            return xml.createXMLStreamReader(new ByteArrayInputStream(body), "UTF-8");
        }
        try {
            String text = named.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return xml.createXMLStreamReader(new StringReader(text));
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

    private static InvalidDocument notWellFormed(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        String what = end < 0 ? message : message.substring(0, end);
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNumber() + ", column " + e.getLocation().getColumnNumber() + ")";
        return new InvalidDocument("The document is not well-formed XML, or too large: " + what + where, e);
    }

    /** What this server itself has written was within the limits when it came, though escaping may have let it grow. */
    private static DocumentLimits withoutLimits() {
        int none = Integer.MAX_VALUE;
        return new DocumentLimits(none, 1_000, none, none, none, none, none, none);
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
