package io.rollcall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import io.rollcall.web.Browser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The console, as an administrator in front of a browser meets it; one browser for all, for only they know its pages. */
class ConsoleIT {
    private static final String BOB = "bob@example.com";
    private static final String HOSTILE =
            "<img src=x onerror=\\\"document.title='run'\\\"><script>document.title='run'</script>";

    private static Browser browser;

    private final Client admin = Client.as("admin");
    private final Client service = Client.as("service");
    private final Client bob = Client.as("bob");
    private final String account = Client.newAccount();

    @BeforeAll
    static void sign_in() {
        Browser.mustBeInstalled();
        browser = new Browser();
        browser.open("/admin/overview.xhtml");
        browser.untilText("h1", "Sign in");
        browser.element("#name").sendKeys("admin");
        browser.element("#password").sendKeys("admin", Keys.ENTER);
        browser.untilText("#who", "admin@example.com");
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void nothing_to_complain_of_yet() {
        browser.complaints();
    }

    /** The Content-Security-Policy for one: a browser says what it did not let a page do. */
    @AfterEach
    void the_browser_has_nothing_to_complain_of() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void people_are_found_and_shown_as_they_change() {
        Login login = service.login(account, "{\"state\":\"busy\",\"note\":\"" + HOSTILE + "\"}");

        browser.open("/admin");
        browser.untilText("h1", "Overview");
        browser.open("/admin/people.xhtml?q=" + account.substring(2, 30));

        browser.untilText("#list [data-account='" + account + "']", "busy");
        browser.script("window.sameDocument = true");
        login = login.modify("{\"state\":\"away\",\"note\":\"back soon\"}");
        browser.untilText("#list [data-account='" + account + "']", "away");
        browser.untilText("#list [data-note-of='" + account + "']", "back soon");
        assertThat(browser.script("return window.sameDocument")).isEqualTo(true);

        login.logout();
        browser.untilText("#list [data-account='" + account + "']", "offline");
    }

    @Test
    void people_of_the_directory_are_found_by_name() {
        browser.open("/admin/people.xhtml?q=alice");

        browser.untilText("[id='known-table']", "alice@example.com");
        assertThat(browser.count("[id='known-table'] [data-account='alice@example.com']")).isEqualTo(1);
    }

    @Test
    void script_in_names_notes_and_searches_is_shown_and_not_run() {
        String hostile = "\"><script>document.title='run'</script>'";
        service.login(account, "{\"state\":\"busy\",\"note\":\"" + HOSTILE + "\",\"device\":\"" + HOSTILE + "\"}");

        browser.open("/admin/account.xhtml?account=" + account);
        browser.untilText("#now", "<script>");
        browser.untilText("#list", "<img src=x");
        assertThat(browser.count("main img, main td script")).isZero();
        assertThat(browser.title()).doesNotContain("run").contains(account);

        browser.open("/admin/people.xhtml?q=" + encoded(hostile));
        browser.untilText("#list", "No account");
        assertThat(browser.element("#q").getDomProperty("value")).isEqualTo(hostile);
        browser.open("/admin/account.xhtml?account=" + encoded(hostile));
        browser.untilText("#messages", "names no account");
        browser.open("/admin/audit.xhtml?actor=" + encoded(hostile) + "&from=" + encoded(hostile));
        browser.untilText("h1", "Audit log");
        assertThat(browser.title()).isEqualTo("Audit log – Rollcall console");
    }

    @Test
    void an_account_shows_all_there_is_and_can_be_acted_on() {
        Login login = service.login(account, "{\"state\":\"busy\",\"activities\":[\"meeting\"],\"device\":\"laptop\"}");
        admin.decide(account, "zoe@partner.example", "polite-block");
        try (Events watching = bob.watch(account)) {
            watching.untilState("busy");
            Await.until("bob is among the watchers", () -> admin.get(Client.watchers(account)).text().contains(BOB));

            browser.open("/admin/account.xhtml?account=" + account);
            browser.untilText("#now", "busy, in a meeting");
            browser.untilText("#list", login.tuple());
            browser.untilText("#list", "laptop");
            browser.untilText("#watching", BOB);
            assertThat(browser.element("[aria-label='Rules as JSON']").getText()).contains("polite-block");
            assertThat(browser.element("[aria-label^='Presence']").getText()).contains("<tuple id=\"" + login.tuple());

            browser.element("#decision input[type=text]").sendKeys("zoe@partner.example", Keys.ENTER);
            browser.untilText("#decision [role=status]", "polite-block, because of: decision");

            browser.element("[id='preferred:note']").sendKeys("On leave");
            browser.element("[id='preferred:set']").click();
            browser.untilText("#messages", "It is set.");
            browser.untilText("#preferred", "On leave");
            assertThat(watching.until(event -> event.json().toString().contains("On leave"))).isNotNull();
            press("[id='preferred:clear']");
            browser.untilText("#messages", "It is cleared.");

            press("#list td button");
            browser.untilText("#list", "No presentity is live.");
            watching.untilState("offline");
        }
        login.tryRefresh().is(404);
        assertThat(admin.get("/api/admin/audit?target=" + account).text())
                .contains("\"read-account\"", "\"set-preferred\"", "\"clear-preferred\"", "\"logout\"");
    }

    @Test
    void subscriptions_are_shown_and_ended() {
        service.login(account, "{\"state\":\"busy\"}");
        try (Events watching = bob.watch(account)) {
            watching.untilState("busy");
            Await.until("it is recorded", () -> admin.get("/api/admin/subscriptions?account=" + account)
                    .text()
                    .contains("\"active\""));

            browser.open("/admin/subscriptions.xhtml?account=%3Cscript%3Ealert(9)");
            browser.untilText("#list", "There is no such subscription");
            browser.open("/admin/subscriptions.xhtml?hours=1&account=" + account);
            browser.untilText("#list", "There is no such subscription");
            browser.open("/admin/subscriptions.xhtml?account=" + account);
            browser.untilText("#list", BOB);
            browser.untilText("#list", "active");
            assertThat(browser.element("#list td:nth-child(5) time").getText()).isNotBlank();
            press("#list td button");

            Event ended = watching.until(event -> !event.isPresence());
            assertThat(ended.json().path("reason").asText()).isEqualTo("probation");
        }
        browser.until("it is gone", () -> {
            browser.element("[id='list:again']").click();
            return browser.element("#list").getText().contains("There is no such subscription");
        });
        assertThat(admin.get("/api/admin/audit?target=" + account).text()).contains("end-subscription", BOB);
    }

    @Test
    void lists_are_shown_and_ended() {
        String owner = "dave@example.com";
        String list = Client.as("dave")
                .post("/api/subscriptions", Client.JSON, "{\"accounts\":[\"" + account + "\"]}")
                .is(201)
                .json()
                .path("id")
                .asText();

        browser.open("/admin/subscriptions.xhtml?watcher=" + owner);
        browser.untilText("#lists", owner);
        press("#lists [title='End list " + list + "']");

        browser.untilText("#messages", "The list is ended.");
        Client.as("dave").get("/api/subscriptions/" + list).is(404);
    }

    @Test
    void the_overview_shows_nodes_health_and_charts() {
        browser.open("/admin/overview.xhtml");

        browser.untilText("#overview", "1 running");
        assertThat(browser.count(".check.up")).isEqualTo(5);
        assertThat(browser.count("figure svg[role=img][aria-label] polyline")).isEqualTo(6);
        browser.until("charts have a line", () -> browser.element("polyline").getDomAttribute("points").contains(" "));
        browser.untilText("[id='overview:nodes-table']", "reached");
    }

    @Test
    void the_audit_log_can_be_filtered_paged_and_taken_along() {
        for (int i = 0; i < 51; i++) {
            admin.get(Client.watchers(account)).is(200);
        }
        admin.get("/api/accounts/" + account + "/authorizations").is(200);

        browser.open("/admin/audit.xhtml?target=" + account);
        browser.untilText("#list", "read-rules");
        browser.untilText("#list", "1 to 50 of 52");
        browser.element(".ui-paginator-next").click();
        browser.untilText("#list", "51 to 52 of 52");
        assertThat(browser.count("#list tbody tr")).isEqualTo(2);

        browser.open("/admin/audit.xhtml?target=" + account + "&action=read-rules");
        browser.untilText("#list", "read-rules");
        assertThat(browser.element("#action").getDomProperty("value")).isEqualTo("read-rules");
        assertThat(browser.count("#list tbody tr")).isEqualTo(1);
        String csv = browser.element("#csv").getDomAttribute("href");
        assertThat(admin.get(csv).is(200).text().lines()).hasSize(2);
    }

    @Test
    void the_keyboard_is_enough() {
        browser.open("/admin/subscriptions.xhtml");
        browser.untilText("h1", "Subscriptions");

        browser.script("document.activeElement.blur()");
        browser.element("body").sendKeys(Keys.TAB);
        assertThat(browser.script("return document.activeElement.className")).isEqualTo("skip");
        browser.element(".skip").sendKeys(Keys.ENTER);
        assertThat(browser.script("return document.activeElement.id")).isEqualTo("main");
        browser.element("th[id='list:rows:age']").sendKeys(Keys.ENTER);
        browser.untilAttribute("th[id='list:rows:age']", "aria-sort", "ascending");
    }

    @Test
    void every_control_has_a_name() {
        for (String page : new String[] {"overview", "people", "account", "subscriptions", "letters", "audit"}) {
            browser.open("/admin/" + page + ".xhtml?account=alice@example.com");
            browser.until(page, () -> browser.count("h1") == 1);
            assertThat(browser.script(
                            """
                            return [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a')]
                              .filter((e) => !(e.labels?.length || e.ariaLabel || e.title || e.textContent.trim()))
                              .map((e) => e.outerHTML)"""))
                    .as(page)
                    .isEqualTo(List.of());
        }
    }

    /** Presses a button and says that it is meant. */
    private void press(String css) {
        browser.element(css).click();
        browser.until("the question", () -> browser.element(".ui-confirmdialog-yes").isDisplayed());
        browser.element(".ui-confirmdialog-yes").click();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
