package io.rollcall.document;

/** Holds a written document to the IETF's schemas and hands it on. */
public final class SchemaCheck {
    private static final XmlSchema WATCHERINFO = new XmlSchema("No watcher information: ", "watcherinfo.xsd");

    private SchemaCheck() {}

    public static String validWatcherInfo(String xml) {
        WATCHERINFO.check(xml);
        return xml;
    }

    public static String valid(String pidf) {
        try {
            PresenceSchema.check(pidf);
        } catch (InvalidDocument e) {
            throw new AssertionError(e.getMessage() + "\n" + pidf, e);
        }
        return pidf;
    }
}
