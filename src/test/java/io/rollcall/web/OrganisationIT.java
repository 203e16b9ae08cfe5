package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.support.ui.Select;

/** The organisation on the main page, with the demo's company. */
@ExtendWith(FreshBrowser.class)
class OrganisationIT {
    private static final String EMMA = "emma@example.com";
    private static final String EMMAS_TILE = "#org-people [data-account='" + EMMA + "']";

    private final Browser browser;

    OrganisationIT(Browser browser) {
        this.browser = browser;
    }

    @Test
    void ones_own_department_is_shown_first() {
        openAsAlice();

        browser.untilText("#org-people", "Bob Brown");
        assertThat(new Select(browser.element("#org-unit")).getFirstSelectedOption().getText()).startsWith("Sales (");
        assertThat(browser.count(EMMAS_TILE)).isZero();
    }

    @Test
    void everybody_is_live_over_one_connection() {
        openAsAlice();
        new Select(browser.element("#org-unit")).selectByVisibleText("Everybody");
        browser.until("everybody is shown", () -> browser.count("#org-people li") > 30);
        browser.until("everybody's state is known", () -> browser.count("#org-people [state=unknown]") == 0);

        Client.as("service").login(EMMA, "{\"state\":\"busy\",\"activities\":[\"meeting\"]}");

        browser.untilAttribute(EMMAS_TILE + " rollcall-presence", "state", "busy");
        browser.untilText(EMMAS_TILE, "Busy, in a meeting");
        assertThat(browser.script("return streams.length")).isEqualTo(1L);
    }

    @Test
    void people_are_found_as_one_types() {
        openAsAlice();
        new Select(browser.element("#org-unit")).selectByVisibleText("Everybody");

        browser.element("#org-search").sendKeys("EVANS");

        browser.until("one is left", () -> browser.count("#org-people li") == 1);
        browser.untilText(EMMAS_TILE, "Emma Evans");
        browser.untilText("#org-count", "1 person");
        browser.element("#org-search").sendKeys("<script>");
        browser.untilText("#org-count", "Nobody is found");
    }

    @Test
    void a_star_makes_a_favourite_on_every_machine() {
        String star = EMMAS_TILE + " .star";
        String favourite = "#people [data-account='" + EMMA + "']";
        Client.as("dave")
                .put("/api/accounts/dave@example.com/favourites", Client.JSON, "{\"people\":[]}")
                .is(200);
        openAs("dave");
        new Select(browser.element("#org-unit")).selectByVisibleText("Everybody");
        browser.untilAttribute(star, "aria-pressed", "false");

        browser.element(star).click();

        browser.untilText(favourite, "Emma Evans");
        try (Browser other = new Browser()) {
            other.signIn("dave", "dave");
            other.untilText(favourite, "Emma Evans");
            other.element(favourite + " .remove").click();
            other.untilText("#add-said", EMMA + " is removed.");
        }
        browser.script("dispatchEvent(new Event('focus'))");
        browser.untilAttribute(star, "aria-pressed", "false");
    }

    @Test
    void nobody_of_another_domain_is_asked_unless_one_wants_to_see_him() {
        Client zoe = Client.as("zoe");
        zoe.delete("/api/accounts/zoe@partner.example").is(204);
        openAs("zoe");
        new Select(browser.element("#org-unit")).selectByVisibleText("Everybody");
        browser.until("everybody is shown", () -> browser.count("#org-people li") > 30);
        assertThat(browser.count("#org-people li:not([data-account='zoe@partner.example']) rollcall-presence")).isZero();

        browser.element(EMMAS_TILE + " .ask").click();

        browser.untilText(EMMAS_TILE, "waits for a decision");
        assertThat(browser.count("#org-people rollcall-presence")).isEqualTo(2);
        assertThat(browser.script("return document.activeElement.className")).isEqualTo("star");
        String nora = "#org-people [data-account='nora@example.com']";
        browser.element(nora + " .star").click();
        browser.untilText(nora, "waits for a decision");
        zoe.delete("/api/accounts/zoe@partner.example").is(204);
    }

    private void openAsAlice() {
        openAs("alice");
    }

    private void openAs(String name) {
        browser.signIn(name, name);
        browser.until("the organisation is there", () -> browser.element("#organisation").isDisplayed());
    }
}
