package io.rollcall.bench.load;

/** Watches over server-sent events. */
final class EventsWatcher extends EventsLink {
    private final Audience audience;
    private final int number;

    EventsWatcher(Audience audience, int number) {
        this.audience = audience;
        this.number = number;
    }

    @Override
    void opened() {
        audience.opened();
    }

    @Override
    void event(byte[] b, int from, int to) {
        audience.notified(number, b, from, to);
    }

    @Override
    void broken(Exception cause) {
        audience.broken(cause);
    }
}
