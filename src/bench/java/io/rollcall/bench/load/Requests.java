package io.rollcall.bench.load;

import java.util.List;

/** What is sent to a server: Rollcall or the bare container. */
interface Requests {
    /** Writes the HTTP request that publishes. */
    void http(Text out, Presentity presentity);

    /** Writes the WebSocket message that publishes; its answer carries {@code ref}, the presentity's index. */
    void socket(Text out, Presentity presentity);

    String socketPath();

    String eventsPath(List<String> accounts);

    /** Writes the message with which a watcher begins; nothing if there is none. */
    void subscribe(Text out, List<String> accounts);
}
