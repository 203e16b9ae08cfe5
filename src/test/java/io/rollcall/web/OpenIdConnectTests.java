package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Issuer;
import io.rollcall.client.Pages;
import io.rollcall.client.SigningKey;
import io.rollcall.client.Token;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How browsers sign in at a server with {@code ROLLCALL_OIDC=on} (OpenID Connect Core 1.0 §3.1). */
public abstract class OpenIdConnectTests {
    private static final String CALLBACK = "/oidcclient/redirect/rollcall";

    private final Issuer issuer;
    private final String server;
    private final Pages browser;

    protected OpenIdConnectTests(Issuer issuer, String server) {
        this.issuer = issuer;
        this.server = server;
        browser = issuer.pages();
    }

    @Test
    void the_log_in_page_offers_it() {
        assertThat(browser.get(server + "/login").is(200).text()).isEqualTo("{\"oidc\":true}");
    }

    @Test
    void who_signed_in_at_the_provider_comes_back_to_the_page_with_a_session() {
        issuer.expect("alice@example.com");

        Pages.Page page = browser.end(server + "/login/oidc?next=/demo.html");

        page.answer().is(200);
        assertThat(page.address()).isEqualTo(server + "/demo.html");

        assertThat(browser.get(server + "/api/me").is(200).json().path("account").asText()).isEqualTo("alice@example.com");
        assertThat(browser.cookie("rollcall-session")).contains("HttpOnly", "SameSite=Lax");
    }

    @Test
    void the_log_in_page_leads_there_and_back_to_the_page_that_was_asked_for() {
        Browser.mustBeInstalled();
        issuer.expect("alice@example.com");
        try (Browser chromium = new Browser(server)) {
            chromium.open("/demo.html");
            chromium.until("the link is shown", () -> chromium.element("#oidc a").isDisplayed());

            chromium.element("#oidc a").click();

            chromium.untilText("h1", "Presence badges");
        }
    }

    @Test
    void who_is_refused_is_back_at_the_log_in_page_and_told_so() {
        Browser.mustBeInstalled();
        issuer.expect("stranger@example.com");
        try (Browser chromium = new Browser(server)) {
            chromium.open("/demo.html");
            chromium.until("the link is shown", () -> chromium.element("#oidc a").isDisplayed());

            chromium.element("#oidc a").click();

            chromium.untilText("#message", "did not let you in");
            chromium.until("the link is there again", () -> chromium.element("#oidc a").isDisplayed());
        }
        Client admin = Client.as("admin", server);
        Await.until("it is kept", () -> admin.get("/api/admin/audit?action=sign-in-refused").text().contains("openid-connect"));
    }

    @Test
    void roles_are_what_the_directory_says() {
        issuer.expect("admin@example.com");
        browser.end(server + "/login/oidc").answer().is(200);

        assertThat(browser.get(server + "/api/me").is(200).json().path("roles").toString()).isEqualTo("[\"admin\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example/", "//elsewhere.example/", "/%5Celsewhere.example", "javascript:alert(1)"})
    void signing_in_never_leads_to_another_site(String next) {
        issuer.expect("alice@example.com");

        assertThat(browser.end(server + "/login/oidc?next=" + next).address()).isEqualTo(server + "/");
    }

    @Test
    void whom_the_directory_does_not_know_has_no_session() {
        issuer.expect("stranger@example.com");

        refused();
    }

    @TestFactory
    Stream<DynamicTest> an_answer_that_is_not_wholly_right_signs_nobody_in() {
        Map<String, UnaryOperator<Token>> bad = Map.of(
                "by another key", token -> token.by(new SigningKey("the key")),
                "for another client", token -> token.with("aud", "payroll"),
                "of another issuer", token -> token.with("iss", "https://elsewhere.example"),
                "expired", token -> token.withTime("iat", -3600).withTime("exp", -1800),
                "an answer to somebody else", token -> token.with("nonce", "another"));
        return bad.entrySet().stream().map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
            issuer.expect("alice@example.com");
            issuer.tamper(each.getValue());
            refused();
        }));
    }

    @Test
    void a_callback_that_nobody_waits_for_signs_nobody_in() {
        issuer.expect("alice@example.com");
        String begun = browser.follow(server + "/login/oidc", issuer.url());
        String callback = browser.follow(begun, server + CALLBACK);
        Pages victim = issuer.pages();

        Answer answer = victim.end(callback).answer();

        assertThat(answer.status()).as(answer.toString()).isGreaterThanOrEqualTo(400);
        victim.get(server + "/api/me").isProblem(401, "not-signed-in");
    }

    private void refused() {
        Pages visitor = issuer.pages();

        Answer answer = visitor.end(server + "/login/oidc").answer();

        assertThat(answer.status()).as(answer.toString()).isIn(401, 403);
        visitor.get(server + "/api/me").isProblem(401, "not-signed-in");
    }
}
