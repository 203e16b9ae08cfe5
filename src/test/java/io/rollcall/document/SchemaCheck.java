package io.rollcall.document;

/** Holds a written document to the IETF's schemas and hands it on. */
public final class SchemaCheck {
    private SchemaCheck() {}

    public static String valid(String pidf) {
        try {
            PresenceSchema.check(pidf);
        } catch (InvalidDocument e) {
            throw new AssertionError(e.getMessage() + "\n" + pidf, e);
        }
        return pidf;
    }
}
