package io.rollcall.problem;

import java.util.Locale;

/** The kinds of problems; {@code /openapi} lists them with what to do about each. */
public enum Kind {
    INVALID_REQUEST(400, "The request cannot be understood"),
    INVALID_DOCUMENT(400, "The document cannot be taken"),
    INTERVAL_TOO_BRIEF(400, "The expiry is too brief"),
    NOT_SIGNED_IN(401, "Sign in first"),
    FORBIDDEN(403, "Not yours to do"),
    PENDING(403, "The owner has not decided yet"),
    BLOCKED(403, "The owner does not share presence with you"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Not a method of this resource"),
    NOT_ACCEPTABLE(406, "No such representation"),
    DELIVERY_ENDED(409, "The delivery has ended"),
    CONDITION_FAILED(412, "The entity-tag is not the current one"),
    TOO_LARGE(413, "Too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Not a media type of this resource"),
    UPGRADE_REQUIRED(426, "Only over WebSocket"),
    CONDITION_REQUIRED(428, "If-Match is required"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL(500, "The server failed"),
    UNAVAILABLE(503, "Not available just now");

    private final int status;
    private final String title;

    Kind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The problem type, a URI reference that stays the same for ever. */
    public String type() {
        return "urn:rollcall:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
