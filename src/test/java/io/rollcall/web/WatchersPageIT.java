package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Client;
import io.rollcall.client.Events;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** What an owner decides and says on the main page, and what its watchers see of it. */
@ExtendWith(FreshBrowser.class)
class WatchersPageIT {
    private static final String DAVE = "dave@example.com";
    private static final String BOB = "bob@example.com";
    private static final String ZOE = "zoe@partner.example";
    private static final String PREFERRED = "/api/accounts/" + DAVE + "/preferred";
    private static final String BOBS_ROW = row(BOB);
    private static final String ZOES_ROW = row(ZOE);

    private final Client dave = Client.as("dave");
    private final Browser browser;

    WatchersPageIT(Browser browser) {
        this.browser = browser;
    }

    @AfterEach
    void take_everything_back() {
        dave.delete(Client.authorization(DAVE, BOB)).is(204);
        dave.delete(Client.authorization(DAVE, ZOE)).is(204);
        dave.delete(PREFERRED).is(204);
    }

    @Test
    @DisplayName("RFC 3857 §4.7.1 — who waits appears on the owner's page, and sees the truth after one click there")
    void who_waits_appears_live_and_is_allowed_by_one_click() {
        signInAsDave();
        try (Browser zoes = new Browser()) {
            zoes.signIn("zoe", "zoe");
            zoes.untilText("#who", ZOE);
            zoes.element("#address").sendKeys(DAVE);
            zoes.element("#add button").click();
            zoes.untilAttribute(badge(), "state", "pending");

            browser.untilText("#waiting", ZOE + " waits");
            browser.untilText(ZOES_ROW, "Waits for your decision");
            browser.element(ZOES_ROW + " [data-handling=allow]").click();

            zoes.untilAttribute(badge(), "state", "online");
            browser.untilText(ZOES_ROW, "Sees you");
            browser.until("nobody waits", () -> !browser.element("#waiting").isDisplayed());
            assertThat(browser.script("return document.activeElement.dataset.handling")).isEqualTo("allow");
        }
        browser.untilText(ZOES_ROW, "does not watch now");
    }

    @Test
    void politely_blocked_by_one_click_a_watcher_sees_offline() {
        signInAsDave();
        try (Events bobs = Client.as("bob").watch(DAVE)) {
            bobs.untilState("online");
            browser.untilText(BOBS_ROW, "Sees you, watches since");

            browser.element(BOBS_ROW + " [data-handling=polite-block]").click();

            bobs.untilState("offline");
            browser.untilText(BOBS_ROW, "Sees you as offline");
            browser.untilAttribute(BOBS_ROW + " [data-handling=polite-block]", "aria-pressed", "true");
        }
    }

    @Test
    void what_a_watcher_sees_is_explained_and_a_decision_removed() {
        signInAsDave();
        try (Events bobs = Client.as("bob").watch(DAVE)) {
            bobs.untilState("online");
            browser.untilText(BOBS_ROW, "Sees you");

            browser.element(BOBS_ROW + " summary").click();
            browser.untilText(BOBS_ROW, "Everything that you publish.");
            browser.untilText(BOBS_ROW, "None of your rules is about this watcher");

            browser.element(BOBS_ROW + " [data-handling=polite-block]").click();
            browser.untilText(BOBS_ROW, "That you are offline, whatever you do.");
            browser.untilText(BOBS_ROW, "You decided so for this watcher.");

            browser.element(BOBS_ROW).findElement(By.xpath(".//button[.='Remove my decision']")).click();
            bobs.untilState("online");
            browser.untilText(BOBS_ROW, "None of your rules is about this watcher");
        }
    }

    @Test
    void who_is_blocked_stays_on_the_page_until_it_is_left() {
        signInAsDave();
        try (Events bobs = Client.as("bob").watch(DAVE)) {
            bobs.untilState("online");
            browser.untilText(BOBS_ROW, "Sees you");

            browser.element(BOBS_ROW + " [data-handling=block]").click();

            browser.untilText(BOBS_ROW, "Is blocked; does not watch now");
            browser.untilText("#watchers-said", "Saved: " + BOB + " is blocked.");
        }
        browser.open("/");
        browser.untilText("#watchers", "Nobody watches you now.");
        assertThat(browser.count(BOBS_ROW)).isZero();
    }

    @Test
    void a_level_acts_at_once_on_whom_nothing_is_decided() {
        signInAsDave();
        try (Events bobs = Client.as("bob").watch(DAVE)) {
            bobs.untilState("online");
            browser.untilText("#level-help", "what the server is set to holds");

            choose("#level", "private");

            bobs.until(event -> event.state().equals("pending"));
            browser.untilText(BOBS_ROW, "Waits for your decision");
            browser.untilText("#level-help", "Everybody waits");
            browser.element(BOBS_ROW + " [data-handling=allow]").click();
            bobs.untilState("online");
            browser.element(BOBS_ROW + " summary").click();
            browser.untilText(BOBS_ROW, "You decided so for this watcher.");
        } finally {
            dave.put("/api/accounts/" + DAVE + "/authorizations", Client.JSON, "{\"rules\":[]}", "If-Match", "*")
                    .is(200);
        }
    }

    @Test
    void my_own_word_holds_until_it_is_taken_back() {
        signInAsDave();
        assertThat(browser.element("#word-held").isDisplayed()).isFalse();
        try (Events bobs = Client.as("bob").watch(DAVE)) {
            bobs.untilState("online");

            choose("#word-kind", "meeting");
            browser.element("#word-note").sendKeys("With the board");
            choose("#word-end", "3600");
            browser.element("#word .line button").click();

            bobs.untilState("busy");
            browser.untilText("#word-held", "Busy, in a meeting");
            browser.untilText("#word-held", "With the board");
            browser.untilText("#word-held", "Until ");
            browser.untilAttribute("#shown-as rollcall-presence", "state", "busy");

            browser.element("#word-back").click();

            bobs.untilState("online");
            browser.until("nothing is held", () -> !browser.element("#word-held").isDisplayed());
        }
    }

    @Test
    void a_word_that_ends_by_itself_is_not_shown_any_longer() {
        signInAsDave();

        dave.put(PREFERRED, Client.JSON, "{\"state\":\"away\",\"expires\":2}").is(200);

        browser.untilText("#word-held", "Away");
        browser.until("nothing is held", () -> !browser.element("#word-held").isDisplayed());
        browser.untilAttribute("#shown-as rollcall-presence", "state", "online");
    }

    @Test
    void invisible_i_appear_offline() {
        signInAsDave();
        try (Events bobs = Client.as("bob").watch(DAVE)) {
            bobs.untilState("online");

            choose("#word-kind", "invisible");
            browser.element("#word .line button").click();

            bobs.untilState("offline");
            browser.untilText("#word-held", "Offline to everybody");
            browser.untilText(BOBS_ROW, "Sees you as offline");
            assertThat(browser.element("#shown-as").isDisplayed()).isFalse();

            browser.element("#word-back").click();

            bobs.untilState("online");
            browser.untilText(BOBS_ROW, "Sees you, watches since");
        }
    }

    @Test
    void a_word_that_is_refused_says_why() {
        signInAsDave();

        choose("#word-kind", "invisible");
        browser.element("#word-to").sendKeys("@@");
        browser.element("#word .line button").click();

        browser.untilText("#word-said", "to must hold addresses");
        assertThat(browser.element("#word-held").isDisplayed()).isFalse();
    }

    private void signInAsDave() {
        browser.signIn("dave", "dave");
        browser.until("logged in", () -> browser.count("#clients .here") == 1);
    }

    private void choose(String css, String value) {
        new Select(browser.element(css)).selectByValue(value);
    }

    private static String row(String watcher) {
        return "#watcher-list [data-watcher='" + watcher + "']";
    }

    private static String badge() {
        return "#people [data-account='" + DAVE + "'] rollcall-presence";
    }
}
