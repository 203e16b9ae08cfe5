package io.rollcall.document;

/** The namespaces this room knows, and the prefixes that every written document declares for them on its root. */
public final class Namespaces {
    static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    public static final String DATA_MODEL = "urn:ietf:params:xml:ns:pidf:data-model";
    public static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";
    static final String CIPID = "urn:ietf:params:xml:ns:pidf:cipid";
    static final String LOCATION_TYPE = "urn:ietf:params:xml:ns:location-type";
    static final String XML = "http://www.w3.org/XML/1998/namespace";
    static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    /** The person element of drafts before RFC 4479, which Asterisk still sends. */
    static final String DRAFT_PERSON = "urn:ietf:params:xml:ns:pidf:person";

    /** What the root element of every written document declares. */
    static final String DECLARATIONS = " xmlns=\"" + PIDF + "\" xmlns:dm=\"" + DATA_MODEL + "\" xmlns:rpid=\"" + RPID
            + "\" xmlns:cipid=\"" + CIPID + '"';

    private Namespaces() {}

    /** Whether elements of the namespace are bound by a schema that written documents are held to. */
    static boolean known(String namespace) {
        return switch (namespace) {
            case PIDF, DATA_MODEL, RPID, CIPID -> true;
            default -> false;
        };
    }

    /** Whether drafts of RFC 4480 used the namespace for {@code activities}; old clients still send them. */
    static boolean draftOfRpid(String namespace) {
        return switch (namespace) {
            case "urn:ietf:params:xml:ns:pidf:status:rpid-status",
                    "urn:ietf:params:xml:ns:pidf:rpid:status:rpid-status",
                    "urn:ietf:params:xml:ns:pidf:rpid-status",
                    "urn:ietf:params:xml:ns:pidf:rpid-person",
                    "urn:ietf:params:xml:ns:pidf:rpid:rpid-person",
                    "urn:ietf:params:xml:ns:pidf:rpid:rpid-tuple" -> true;
            default -> false;
        };
    }
}
