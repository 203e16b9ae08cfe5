package io.rollcall.document;

/** The schemas of PIDF, the data model, RPID and CIPID, which every written document follows. */
final class PresenceSchema {
    private static final XmlSchema SCHEMA =
            new XmlSchema("The document does not follow the schemas of RFC 3863, 4479, 4480 and 4482: ", "presence.xsd");

    private PresenceSchema() {}

    /** @throws InvalidDocument when the PIDF document does not follow the schemas */
    static void check(String pidf) {
        SCHEMA.check(pidf);
    }
}
