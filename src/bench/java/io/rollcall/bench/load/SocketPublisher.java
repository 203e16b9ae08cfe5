package io.rollcall.bench.load;

import java.io.IOException;

/** Publishes over a WebSocket; several requests may be in flight. */
final class SocketPublisher extends SocketLink implements Publisher {
    private static final byte[] REF = Scan.bytes("\"ref\":\"");
    private static final byte[] STATUS = Scan.bytes("\"status\":");
    private static final byte[] TUPLE = Scan.bytes("\"tuple\":\"");
    private static final byte[] TAG = Scan.bytes("\"etag\":\"");

    private final Publishing publishing;
    private final Requests requests;
    private final Text text = new Text();
    private final int window;

    SocketPublisher(Publishing publishing, Requests requests, int window) {
        this.publishing = publishing;
        this.requests = requests;
        this.window = window;
    }

    @Override
    void opened() {
        for (int i = 0; i < window; i++) {
            publishing.ready(this);
        }
    }

    @Override
    public void publish(Presentity presentity) throws IOException {
        requests.socket(text, presentity);
        sendText(text);
    }

    @Override
    void message(byte[] b, int from, int to) throws IOException {
        int ref = Scan.after(b, from, to, REF);
        if (ref < 0) {
            throw new IOException("not an answer: " + Scan.text(b, from, to));
        }
        Presentity presentity = publishing.presentity((int) Scan.number(b, ref, to));
        int status = Scan.after(b, ref, to, STATUS);
        int tuple = Scan.after(b, status, to, TUPLE);
        if (tuple > 0) {
            presentity.tuple(b, tuple, Scan.indexOf(b, tuple, to, '"'));
        }
        int tag = Scan.after(b, status, to, TAG);
        if (tag > 0) {
            presentity.tag(b, tag, Scan.indexOf(b, tag, to, '"'));
        }
        publishing.answered(this, presentity, (int) Scan.number(b, status, to));
    }

    @Override
    void broken(Exception cause) {
        publishing.broken(cause);
    }
}
