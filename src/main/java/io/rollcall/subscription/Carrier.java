package io.rollcall.subscription;

/** What a stored subscription hangs on: it ends with it. */
final class Carrier {
    /** Nothing but the wish: it waits for the owner's decision. */
    static final String REQUEST = "request";

    private static final String NODE = "node:";
    private static final String LIST = "list:";

    private Carrier() {}

    /** The connections of a node. */
    static String node(String id) {
        return NODE + id;
    }

    /** A subscription list. */
    static String list(String id) {
        return LIST + id;
    }

    static boolean isList(String carrier) {
        return carrier.startsWith(LIST);
    }

    static boolean isRequest(String carrier) {
        return carrier.equals(REQUEST);
    }
}
