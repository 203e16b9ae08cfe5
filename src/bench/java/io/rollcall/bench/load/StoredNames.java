package io.rollcall.bench.load;

/** The names of the presentities that the benchmark stores beforehand. */
public final class StoredNames {
    /** Begins the accounts' names. */
    public static final String ACCOUNT = "stored";
    /** Begins the tuple ids. */
    public static final String TUPLE = "tstored";

    private StoredNames() {}

    static String tuple(int index) {
        return TUPLE + index;
    }
}
