package io.rollcall.bench.load;

/** Whoever is told what watchers' connections bring. */
interface Audience {
    /** One more connection stands. */
    void opened();

    /** A watcher got a message or an event. */
    void notified(int watcher, byte[] b, int from, int to);

    void broken(Exception cause);
}
