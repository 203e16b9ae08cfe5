package io.rollcall.bench.load;

import java.io.IOException;
import java.util.List;

/** Watches over a WebSocket. */
final class SocketWatcher extends SocketLink {
    private final Watching watching;
    private final int number;
    private final Requests requests;
    private List<String> accounts;

    SocketWatcher(Watching watching, int number, Requests requests, List<String> accounts) {
        this.watching = watching;
        this.number = number;
        this.requests = requests;
        this.accounts = accounts;
    }

    @Override
    void opened() throws IOException {
        watching.opened++;
        Text text = new Text();
        requests.subscribe(text, accounts);
        accounts = null;
        if (text.length() > 0) {
            sendText(text);
        }
    }

    @Override
    void message(byte[] b, int from, int to) {
        watching.notified(number, b, from, to);
    }

    @Override
    void broken(Exception cause) {
        watching.broken(cause);
    }
}
