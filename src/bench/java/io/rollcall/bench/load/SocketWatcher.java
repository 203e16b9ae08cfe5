package io.rollcall.bench.load;

import java.io.IOException;
import java.util.List;

/** Watches over a WebSocket. */
final class SocketWatcher extends SocketLink {
    private final Audience audience;
    private final int number;
    private final Requests requests;
    private List<String> accounts;

    SocketWatcher(Audience audience, int number, Requests requests, List<String> accounts) {
        this.audience = audience;
        this.number = number;
        this.requests = requests;
        this.accounts = accounts;
    }

    @Override
    void opened() throws IOException {
        audience.opened();
        Text text = new Text();
        requests.subscribe(text, accounts);
        accounts = null;
        if (text.length() > 0) {
            sendText(text);
        }
    }

    @Override
    void message(byte[] b, int from, int to) {
        audience.notified(number, b, from, to);
    }

    @Override
    void broken(Exception cause) {
        audience.broken(cause);
    }
}
