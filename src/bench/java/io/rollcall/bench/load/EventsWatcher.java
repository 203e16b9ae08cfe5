package io.rollcall.bench.load;

/** Watches over server-sent events. */
final class EventsWatcher extends EventsLink {
    private final Watching watching;
    private final int number;

    EventsWatcher(Watching watching, int number) {
        this.watching = watching;
        this.number = number;
    }

    @Override
    void opened() {
        watching.opened++;
    }

    @Override
    void event(byte[] b, int from, int to) {
        watching.notified(number, b, from, to);
    }

    @Override
    void broken(Exception cause) {
        watching.broken(cause);
    }
}
