package io.rollcall.client;

import static org.assertj.core.api.Assertions.assertThat;

/** A document about as large as one may be: a watcher who does not read soon has more of it than the system buffers. */
public final class LargeDocument {
    private LargeDocument() {}

    /** Publishes one, each number a change. */
    public static Login publish(Login login, int number) {
        String note = "<note xml:lang='en'>" + number + "x".repeat(1_900) + "</note>";
        String document = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:" + login.account()
                + "'><tuple id='a'><status><basic>open</basic></status>" + note.repeat(16) + "</tuple>"
                + note.repeat(16) + "</presence>";
        Answer answer = login.by().put(
                login.path(), Client.PIDF, document, "If-Match", login.etag(), "Accept", Client.PIDF);
        assertThat(answer.is(200).body().length).isGreaterThan(50_000);
        return new Login(login.by(), login.account(), login.tuple(), answer.header("ETag"), answer);
    }
}
