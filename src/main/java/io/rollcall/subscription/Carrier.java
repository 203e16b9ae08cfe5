package io.rollcall.subscription;

import org.jspecify.annotations.Nullable;

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

    /** The id of the node whose connections it is; null if it is something else. */
    static @Nullable String nodeOf(String carrier) {
        return carrier.startsWith(NODE) ? carrier.substring(NODE.length()) : null;
    }

    /** The id of the list it is; null if it is something else. */
    static @Nullable String listOf(String carrier) {
        return isList(carrier) ? carrier.substring(LIST.length()) : null;
    }

    static boolean isList(String carrier) {
        return carrier.startsWith(LIST);
    }

    static boolean isRequest(String carrier) {
        return carrier.equals(REQUEST);
    }
}
