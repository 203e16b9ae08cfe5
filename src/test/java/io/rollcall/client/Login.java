package io.rollcall.client;

import static io.rollcall.client.Client.JSON;

/** A presentity that a test logged in, as of its latest publication. */
public record Login(Client by, String account, String tuple, String etag, Answer answer) {

    Login(Client by, String account, Answer answer) {
        this(by, account, tuple(answer), answer.header("ETag"), answer);
    }

    private static String tuple(Answer answer) {
        String location = answer.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    public String path() {
        return Client.presentities(account) + '/' + tuple;
    }

    public Answer tryModify(String publication) {
        return by.put(path(), JSON, publication, "If-Match", etag);
    }

    public Answer tryRefresh() {
        return by.put(path(), JSON, "", "If-Match", etag);
    }

    public Answer tryLogout() {
        return by.delete(path(), "If-Match", etag);
    }

    public Login modify(String publication) {
        return after(tryModify(publication).is(200));
    }

    public Login refresh() {
        return after(tryRefresh().is(200));
    }

    public void logout() {
        tryLogout().is(204);
    }

    /** The same presentity, spoken for by another client or at another node. */
    public Login at(Client other) {
        return new Login(other, account, tuple, etag, answer);
    }

    Login after(Answer success) {
        return new Login(by, account, tuple, success.header("ETag"), success);
    }
}
