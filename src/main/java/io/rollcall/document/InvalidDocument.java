package io.rollcall.document;

/**
 * A document that cannot be taken. The message tells its author what is wrong and what to do, and holds nothing secret.
 */
public final class InvalidDocument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidDocument(String message) {
        super(message);
    }

    public InvalidDocument(String message, Throwable cause) {
        super(message, cause);
    }
}
