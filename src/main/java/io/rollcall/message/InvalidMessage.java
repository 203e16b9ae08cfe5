package io.rollcall.message;

/** A message or document that is not as the contract has it. The text says what it lacks. */
public final class InvalidMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidMessage(String text) {
        super(text);
    }

    InvalidMessage(String text, Throwable cause) {
        super(text, cause);
    }
}
