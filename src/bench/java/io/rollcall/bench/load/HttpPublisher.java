package io.rollcall.bench.load;

import java.io.IOException;

/** Publishes over HTTP, one request after the other on a connection that stays. */
final class HttpPublisher extends HttpLink implements Publisher {
    private final Publishing publishing;
    private final Requests requests;
    private final Text text = new Text();
    private Presentity current;

    HttpPublisher(Publishing publishing, Requests requests) {
        this.publishing = publishing;
        this.requests = requests;
    }

    @Override
    public void publish(Presentity presentity) throws IOException {
        current = presentity;
        requests.http(text, presentity);
        send(text.bytes(), text.length());
    }

    @Override
    void answered(Head answer, byte[] b) {
        if (answer.nameTo > answer.nameFrom) {
            current.tuple(b, answer.nameFrom, answer.nameTo);
        }
        if (answer.tagTo > answer.tagFrom) {
            current.tag(b, answer.tagFrom, answer.tagTo);
        }
        publishing.answered(this, current, answer.status);
    }

    @Override
    void broken(Exception cause) {
        publishing.broken(cause);
    }
}
