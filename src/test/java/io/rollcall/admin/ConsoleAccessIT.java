package io.rollcall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Answer;
import io.rollcall.client.Client;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console is for administrators, and does nothing that they did not ask for. */
class ConsoleAccessIT {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Client nobody = Client.nobody();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin", "/admin/", "/admin/overview.xhtml", "/admin/people.xhtml", "/admin/account.xhtml?account=bob@example.com",
                "/admin/subscriptions.xhtml", "/admin/audit.xhtml", "/admin/console.js", "/admin//audit.xhtml",
                "/admin/./audit.xhtml", "/assets/../admin/audit.xhtml", "/admin/nothing.xhtml"
            })
    void others_are_told_that_it_is_not_for_them(String path) {
        Answer answer = nobody.get(path, "Cookie", session("bob"));

        answer.is(403);
        assertThat(answer.text()).contains("The console is for administrators").doesNotContain("ui-datatable");
        assertThat(answer.mediaType()).isEqualTo("text/html");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'self'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/admin/audit.xhtml", "/admin/console.css", "/jakarta.faces.resource/core.js.xhtml?ln=primefaces"})
    void whoever_is_not_signed_in_comes_to_the_log_in_page(String path) {
        Answer answer = nobody.get(path).is(302);

        assertThat(answer.header("Location")).contains("/login.html?next=");
    }

    @Test
    void pages_say_which_scripts_may_run_and_are_not_kept() {
        Answer page = nobody.get("/admin/people.xhtml", "Cookie", session("admin")).is(200);

        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'self'", "frame-ancestors 'self'", "'nonce-")
                .doesNotContain("unsafe", "*");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.headers().allValues("Set-Cookie").stream().filter(cookie -> cookie.startsWith("rollcall-console=")))
                .allMatch(cookie -> cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "people", "account", "subscriptions", "letters", "audit"})
    void what_runs_in_a_page_carries_the_number_of_that_answer(String name) {
        Answer page = nobody.get("/admin/" + name + ".xhtml?account=bob@example.com", "Cookie", session("admin")).is(200);

        String number = page.header("Content-Security-Policy").replaceFirst("(?s).*'nonce-([^']+)'.*", "$1");
        assertThat(page.text())
                .doesNotContainPattern("(?i)<script(?![^>]*\\ssrc=)(?![^>]*\\snonce=\"" + Pattern.quote(number) + "\")")
                .doesNotContainPattern("(?i)<[^>]*\\son[a-z]+\\s*=")
                .doesNotContainPattern("(?i)<[^>]*\\sstyle\\s*=")
                .doesNotContain("<style", "javascript:");
        assertThat(nobody.get("/admin/people.xhtml", "Cookie", session("admin")).header("Content-Security-Policy"))
                .doesNotContain(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/overview.xhtml/", "/WEB-INF/admin/page.xhtml", "/page.xhtml", "/admin/../WEB-INF/web.xml"})
    void there_is_no_way_to_what_pages_are_made_of(String path) {
        Answer answer = nobody.get(path, "Cookie", session("admin"));

        assertThat(answer.status()).as(answer.text()).isIn(400, 403, 404);
        assertThat(answer.text()).doesNotContain("ui:insert", "Exception", "io.rollcall", "servlet-class");
    }

    @Test
    void a_page_of_another_site_can_do_nothing_with_an_administrators_cookie() {
        String act = "preferred=preferred&preferred:set=preferred:set&preferred:state=busy";

        nobody.post("/admin/account.xhtml", FORM, act, "Cookie", session("admin"), "Origin", "https://evil.example")
                .isProblem(403, "forbidden");
    }

    @Test
    void what_comes_without_the_view_that_it_belongs_to_does_nothing() {
        String account = Client.newAccount();
        String act = "preferred=preferred&preferred:set=preferred:set&preferred:state=busy&account=" + account
                + "&jakarta.faces.ViewState=forged";

        String page = "/admin/account.xhtml?account=" + account;
        String cookie = session("admin");

        assertThat(nobody.post(page, FORM, act, "Cookie", cookie).is(302).header("Location"))
                .endsWith("/admin/account.xhtml");
        Answer answer = nobody.post(page, FORM, act, "Cookie", cookie, "Faces-Request", "partial/ajax");

        assertThat(answer.text()).doesNotContain("It is set.", "\tat ");
        Client.as("admin").get("/api/accounts/" + account + "/preferred").is(404);
    }

    @Test
    void the_interface_behind_it_is_for_administrators_too() {
        String path = "/api/admin/subscriptions?account=alice@example.com";

        Client.as("bob").get(path).isProblem(403, "forbidden");
        Client.as("bob").delete("/api/admin/subscriptions/alice@example.com/bob@example.com").isProblem(403, "forbidden");
        nobody.get(path).isProblem(401, "not-signed-in");
        Client.as("admin").get("/api/admin/subscriptions").isProblem(400, "invalid-request");
        Client.as("admin")
                .delete("/api/admin/subscriptions/" + Client.newAccount() + "/bob@example.com")
                .isProblem(404, "not-found");
    }

    private String session(String name) {
        return nobody.post("/login", FORM, "name=" + name + "&password=" + name)
                .is(302)
                .headers()
                .allValues("Set-Cookie")
                .stream()
                .filter(cookie -> cookie.startsWith("rollcall-session="))
                .findFirst()
                .orElseThrow()
                .replaceFirst(";.*", "");
    }
}
