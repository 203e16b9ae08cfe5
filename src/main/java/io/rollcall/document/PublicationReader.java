package io.rollcall.document;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads what clients publish, PIDF or JSON, into a {@link Publication}. Whatever comes out can be written as PIDF that
 * follows the schemas of RFC 3863, 4479, 4480 and 4482; whatever cannot is refused with {@link InvalidDocument}.
 *
 * <p>Ids and times of clients are dropped, for both are the server's. May be used by any number of threads.
 */
public final class PublicationReader {
    private final DocumentLimits limits;
    private final XmlInput xml;
    private final XmlInput storedXml;
    private final DocumentLimits storedLimits;
    private final JsonReader json;

    public PublicationReader(DocumentLimits limits) {
        this.limits = limits;
        this.xml = new XmlInput(limits);
        this.storedLimits = withoutLimits();
        this.storedXml = new XmlInput(storedLimits);
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
            return parse(xml.open(body, charset), limits, account, null);
        } catch (XMLStreamException e) {
            throw XmlInput.notWellFormed(e);
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
     * @param state the publication's state, which PIDF cannot always tell; null to derive it
     * @return a publication equal to the one that was written
     * @throws InvalidDocument when the text is damaged
     */
    public Publication readStored(String pidf, @Nullable State state) {
        try {
            return parse(storedXml.open(pidf), storedLimits, null, state);
        } catch (XMLStreamException e) {
            throw XmlInput.notWellFormed(e);
        }
    }

    private static Publication parse(
            XMLStreamReader in, DocumentLimits limits, @Nullable String account, @Nullable State given)
            throws XMLStreamException {
        try {
            return new PidfParser(in, limits).parse(account, given);
        } finally {
            in.close();
        }
    }

    /** What this server itself has written was within the limits when it came, though escaping may have let it grow. */
    private static DocumentLimits withoutLimits() {
        int none = Integer.MAX_VALUE;
        return new DocumentLimits(none, 1_000, none, none, none, none, none, none);
    }
}
