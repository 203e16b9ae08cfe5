package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages, as somebody in front of a browser meets them. */
@ExtendWith(FreshBrowser.class)
class PagesIT {

    private static final String BOB = "bob@example.com";
    private static final String ALICE = "alice@example.com";
    private static final String BOBS_ROW = "#people [data-account='" + BOB + "']";
    private static final String BOBS_BADGE = "td rollcall-presence[account='" + BOB + "']";

    /** Differs in each test, so that nothing an earlier one left is taken for the answer. */
    private final String note = "Note " + UUID.randomUUID();

    private final List<Login> logins = new ArrayList<>();
    private final Browser browser;

    private record Login(String name, String path, String etag) {}

    PagesIT(Browser browser) {
        this.browser = browser;
    }

    @AfterEach
    void log_out() {
        logins.forEach(login -> browser.api(login.name(), "DELETE", login.path(), "", "If-Match", login.etag()));
    }

    @Test
    void signing_in_shows_the_colleagues() {
        browser.signIn("alice", "alice");

        browser.untilText("#who", ALICE);
        browser.untilText(BOBS_ROW, BOB);
    }

    @Test
    void a_page_asked_for_before_signing_in_is_shown_afterwards() {
        browser.open("/demo.html");
        browser.until("the sign-in page", () -> browser.count("#password") == 1);

        browser.element("#name").sendKeys("alice");
        browser.element("#password").sendKeys("alice");
        browser.element("main button").click();

        browser.untilText("h1", "Presence badges");
    }

    @Test
    void a_wrong_password_is_said_to_be_wrong() {
        browser.signIn("alice", "not her password");

        browser.untilText("[role=alert]", "do not fit");
    }

    @Test
    void a_colleagues_change_appears_without_reload() {
        browser.signIn("alice", "alice");
        browser.untilText(BOBS_ROW, BOB);
        browser.script("window.sameDocument = true");

        Login bob = logIn("bob", BOB, "{\"state\":\"online\",\"note\":\"" + note + "\"}");
        browser.untilText(BOBS_ROW, note);
        browser.untilAttribute(BOBS_ROW + " rollcall-presence", "state", "online");
        change(bob, "{\"state\":\"busy\",\"activities\":[\"meeting\"]}");

        browser.untilAttribute(BOBS_ROW + " rollcall-presence", "state", "busy");
        browser.untilText(BOBS_ROW, "in a meeting");
        assertThat(browser.script("return window.sameDocument")).isEqualTo(true);
    }

    @Test
    void my_state_and_note_are_published() {
        browser.signIn("alice", "alice");
        browser.until("logged in", () -> browser.count("#clients .here") == 1);

        browser.element("[data-state=busy]").click();
        browser.element("#note").sendKeys(note);
        browser.element("#note-form button").click();

        browser.until("bob sees alice's state and note", () -> {
            String seen = browser.api("bob", "GET", "/api/accounts/" + ALICE + "/presence", "").body();
            return seen.contains("\"state\":\"busy\"") && seen.contains(note);
        });
    }

    @Test
    void a_reload_keeps_the_presentity_and_signing_out_ends_it() {
        browser.signIn("alice", "alice");
        browser.until("logged in", () -> browser.count("#clients .here") == 1);
        String tuple = (String) browser.script("return document.querySelector('li:has(.here)').dataset.tuple");

        browser.open("/");
        browser.until("same tuple", () -> browser.count("[data-tuple='" + tuple + "'] .here") == 1);
        browser.element("#sign-out button").click();

        browser.untilText("#message", "signed out");
        String path = "/api/accounts/" + ALICE + "/presentities/" + tuple;
        assertThat(browser.api("alice", "GET", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void all_my_clients_are_listed() {
        Login phone = logIn("alice", ALICE, "{\"state\":\"away\",\"device\":\"phone\",\"note\":\"" + note + "\"}");
        String tuple = phone.path().substring(phone.path().lastIndexOf('/') + 1);

        browser.signIn("alice", "alice");

        browser.untilText("[data-tuple='" + tuple + "']", "phone");
        browser.untilText("[data-tuple='" + tuple + "']", note);
        browser.untilText("#clients li:has(.here)", "this browser");
    }

    @Test
    void badges_show_state_and_words_over_one_connection() {
        logIn("bob", BOB, "{\"state\":\"busy\",\"note\":\"" + note + "\"}");
        browser.signIn("alice", "alice");
        browser.untilText("#who", ALICE);

        browser.open("/demo.html");

        browser.untilAttribute(BOBS_BADGE, "state", "busy");
        browser.untilAttribute(BOBS_BADGE, "aria-label", "Bob busy: " + note);
        assertThat(browser.script("return streams.length")).isEqualTo(1L);
    }

    @Test
    void script_in_a_note_is_shown_and_not_run() {
        String hostile = "<img src=x onerror=\\\"document.title='run'\\\"><script>document.title='run'</script>" + note;
        logIn("bob", BOB, "{\"state\":\"online\",\"note\":\"" + hostile + "\"}");

        browser.signIn("alice", "alice");

        browser.untilText(BOBS_ROW, note);
        assertThat(browser.element(BOBS_ROW).getText()).contains("<script>", "<img src=x");
        assertThat(browser.count("#people img, #people script")).isZero();
        assertThat(browser.title()).isEqualTo("Rollcall");
    }

    @Test
    void a_lost_connection_is_said_until_it_is_back() {
        logIn("bob", BOB, "{\"state\":\"online\"}");
        browser.signIn("alice", "alice");
        browser.untilAttribute(BOBS_ROW + " rollcall-presence", "state", "online");

        browser.network(false);
        browser.untilText("#lost", "Connection lost");
        browser.untilAttribute(BOBS_ROW + " rollcall-presence", "state", "unknown");
        browser.network(true);

        browser.until("connected", () -> !browser.element("#lost").isDisplayed());
        browser.untilAttribute(BOBS_ROW + " rollcall-presence", "state", "online");
    }

    private Login logIn(String name, String account, String publication) {
        String path = "/api/accounts/" + account + "/presentities";
        HttpResponse<String> answer = browser.api(name, "POST", path, publication);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String location = answer.headers().firstValue("Location").orElseThrow();
        String tuple = location.substring(location.lastIndexOf('/') + 1);
        return remember(new Login(name, path + "/" + tuple, etag(answer)));
    }

    private void change(Login login, String publication) {
        HttpResponse<String> answer =
                browser.api(login.name(), "PUT", login.path(), publication, "If-Match", login.etag());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        logins.remove(login);
        remember(new Login(login.name(), login.path(), etag(answer)));
    }

    private Login remember(Login login) {
        logins.add(login);
        return login;
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
