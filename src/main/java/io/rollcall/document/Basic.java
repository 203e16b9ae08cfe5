package io.rollcall.document;

/** The basic status of a tuple (RFC 3863 §4.1.4). */
public enum Basic {
    OPEN("open"),
    CLOSED("closed");

    private final String word;

    Basic(String word) {
        this.word = word;
    }

    /** The word that documents carry. */
    public String word() {
        return word;
    }
}
