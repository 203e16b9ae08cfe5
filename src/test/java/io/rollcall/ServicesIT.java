package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Event;
import io.rollcall.client.Events;
import io.rollcall.client.OtherService;
import io.rollcall.client.SharedCluster;
import io.rollcall.message.Presence;
import io.rollcall.message.PublicationAnswer;
import io.rollcall.message.PublicationMessage;
import io.rollcall.samples.Consumer;
import io.rollcall.samples.Publisher;
import io.rollcall.web.Browser;
import jakarta.jms.JMSException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Other services publish to the same two nodes over the broker. */
@Order(SharedCluster.LAST)
class ServicesIT extends ClusterNodes {
    private static final String DEAD_LETTERS = "/api/admin/dead-letters";
    private static final String HOSTILE = "{\"state\":\"online\",\"note\":\"<b>run</b>\"}";

    @Test
    void the_sample_publisher_publishes() throws JMSException {
        cluster.broker().settings().forEach(System::setProperty);
        serviceAtOne.login(account, AWAY);
        try (Events events = bobAtTwo.watch(account)) {
            events.untilState("away");

            Publisher.main(new String[] {account});

            Await.until("it has logged out", () -> events.all().stream()
                            .filter(event -> event.state().equals("away"))
                            .count()
                    == 2);
            List<String> seen = events.all().stream().map(Event::state).toList();
            // what is stored together reaches watchers together: they may be spared what is between
            assertThat(List.of("away", "online", "busy", "online", "away")).containsSubsequence(seen);
            assertThat(seen).hasSizeGreaterThan(2);
        }
    }

    @Test
    void the_sample_consumer_is_told_what_its_watcher_subscribed_to() {
        cluster.broker().settings().forEach(System::setProperty);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> consume("bob@example.com"));
            String list = "{\"accounts\":[\"" + account + "\"],\"delivery\":\"jms\",\"format\":\"pidf\"}";
            bobAtOne.post("/api/subscriptions", Client.JSON, list).is(201);
            try (OtherService other = cluster.broker().connect()) {
                String calling = Presence.of("busy").doing("on-the-phone").toJson();
                other.publish(PublicationMessage.login(account, calling));
            }
            Await.until("it is told", () -> told.toString(StandardCharsets.UTF_8)
                    .contains(account + " is busy [on-the-phone]"));
            assertThat(ended).isNotDone();
        } finally {
            System.setOut(before);
        }
    }

    private static void consume(String watcher) {
        try {
            Consumer.main(new String[] {watcher});
        } catch (JMSException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void messages_of_an_account_are_taken_in_their_order_whichever_node_takes_them() {
        try (OtherService other = cluster.broker().connect()) {
            String login = other.publish(PublicationMessage.login(account, ONLINE)).tuple();
            for (int i = 0; i < 100; i++) {
                other.send(modify(login, i));
                other.send(PublicationMessage.login(i + "-" + account, ONLINE));
            }
            List<Integer> notes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                PublicationAnswer answer = other.nextAnswer();
                assertThat(answer.success()).isTrue();
                if (answer.status() == 200) {
                    notes.add(Integer.valueOf(Presence.read(answer.body()).note()));
                }
            }
            assertThat(notes).isEqualTo(IntStream.range(0, 100).boxed().toList());
        }
    }

    @Test
    void what_cannot_be_taken_and_answered_can_be_looked_at_and_taken_away() {
        try (OtherService other = cluster.broker().connect()) {
            other.sendUnanswered(PublicationMessage.modify(account, "t-nobody", PublicationMessage.ANY, HOSTILE));
        }
        JsonNode[] letter = new JsonNode[1];
        Await.until("it is a dead letter", () -> (letter[0] = deadLetter()) != null);

        assertThat(letter[0].path("status").asInt()).isEqualTo(404);
        assertThat(letter[0].path("reason").asText()).contains("log in anew");
        assertThat(letter[0].path("body").asText()).isEqualTo(HOSTILE);
        Await.until("it is counted", () -> adminAtOne.get("/metrics").is(200).text().lines()
                .anyMatch(line -> line.matches("rollcall_dead_letters [1-9].*")));
        String path = DEAD_LETTERS + '/' + letter[0].path("id").asText();
        bobAtOne.get(DEAD_LETTERS).isProblem(403, "forbidden");
        bobAtOne.delete(path).isProblem(403, "forbidden");
        adminAtOne.delete(path).is(204);
        adminAtOne.delete(path).isProblem(404, "not-found");
        assertThat(deadLetter()).isNull();
    }

    @Test
    void the_console_shows_dead_letters_and_takes_them_away_by_keyboard_too() {
        Browser.mustBeInstalled();
        try (OtherService other = cluster.broker().connect();
                Browser browser = new Browser(cluster.one().url())) {
            other.sendUnanswered(PublicationMessage.modify(account, "t-nobody", PublicationMessage.ANY, HOSTILE));
            JsonNode[] letter = new JsonNode[1];
            Await.until("it is a dead letter", () -> (letter[0] = deadLetter()) != null);
            browser.open("/admin/letters.xhtml");
            browser.untilText("h1", "Sign in");
            browser.element("#name").sendKeys("admin");
            browser.element("#password").sendKeys("admin", Keys.ENTER);

            browser.untilText("#list", account);
            browser.untilText("#list", "log in anew");
            browser.untilText("#list", HOSTILE);
            assertThat(browser.count("#list td b")).isZero();
            String button = "[title='Remove " + letter[0].path("id").asText() + "']";
            browser.script("document.querySelector(\"" + button + "\").focus()");
            browser.element(button).sendKeys(Keys.ENTER);
            browser.until("the question", () -> browser.element(".ui-confirmdialog-yes").isDisplayed());
            browser.element(".ui-confirmdialog-yes").sendKeys(Keys.ENTER);

            browser.untilText("#messages", "It is taken away.");
            browser.until("it is not shown any more", () -> browser.count(button) == 0);
            assertThat(deadLetter()).isNull();
        }
    }

    @Test
    void while_the_database_is_away_messages_wait_and_then_each_is_stored_once_in_its_order() {
        try (OtherService other = cluster.broker().connect()) {
            PublicationAnswer login = other.publish(PublicationMessage.login(account, ONLINE));
            cluster.postgres().close();
            Await.until("the database is away", () -> bobAtOne.get("/health/ready").status() == 503);
            for (int i = 0; i < 20; i++) {
                other.send(modify(login.tuple(), i));
                other.send(PublicationMessage.login(i + "-" + account, ONLINE));
            }
            serviceAtOne.post(Client.presentities(account), Client.JSON, ONLINE).isProblem(503, "unavailable");

            cluster.postgres().start();

            for (int i = 0; i < 40; i++) {
                assertThat(other.nextAnswer().success()).isTrue();
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(presence(i + "-" + account).path("tuples")).hasSize(1);
        }
        assertThat(presence(account).path("person").path("note").asText()).isEqualTo("19");
        assertThat(presence(account).path("version").asInt()).isEqualTo(21);
        cluster.untilAnnouncementsArrive(Await.PATIENCE);
    }

    private PublicationMessage modify(String tuple, int note) {
        String body = Presence.of("busy").saying(String.valueOf(note)).toJson();
        return PublicationMessage.modify(account, tuple, PublicationMessage.ANY, body);
    }

    private JsonNode presence(String account) {
        return bobAtOne.get(Client.presence(account)).json();
    }

    private JsonNode deadLetter() {
        for (JsonNode letter : adminAtOne.get(DEAD_LETTERS).is(200).json().path("deadLetters")) {
            if (letter.path("account").asText().equals(account)) {
                return letter;
            }
        }
        return null;
    }
}
