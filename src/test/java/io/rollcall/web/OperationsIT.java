package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Answer;
import io.rollcall.client.Await;
import io.rollcall.client.Client;
import io.rollcall.client.Events;
import io.rollcall.client.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators look at. */
class OperationsIT {
    private final Client service = Client.as("service");
    private final Client admin = Client.as("admin");
    private final String account = Client.newAccount();

    @ParameterizedTest
    @CsvSource({"/health/started,started", "/health/live,writer", "/health/ready,database", "/health/ready,broker"})
    void health_tells_what_is_up(String path, String check) {
        JsonNode health = Client.nobody().get(path).is(200).json();

        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.path("checks").findValuesAsText("name")).contains(check);
    }

    @Test
    void readiness_tells_whether_the_broker_can_be_reached() {
        JsonNode checks = Client.nobody().get("/health/ready").is(200).json().path("checks");

        assertThat(checks.findValues("reachable")).singleElement().matches(JsonNode::asBoolean);
    }

    @Test
    void metrics_are_for_administrators_only() {
        Client.as("bob").get("/metrics").isProblem(403, "forbidden");
        service.get("/metrics").isProblem(403, "forbidden");
        admin.get("/metrics").is(200);
    }

    @Test
    void metrics_count_publications_by_action_and_refusals_by_problem() {
        String logins = "rollcall_publications_total{action=\"login\"}";
        String conflicts = "rollcall_publications_refused_total{problem=\"condition_failed\"}";
        double loginsBefore = metric(logins);
        double conflictsBefore = metric(conflicts);

        Login login = service.login(account, "{\"state\":\"busy\"}");
        login.refresh();
        login.tryModify("{\"state\":\"away\"}").is(412);

        assertThat(metric(logins)).isGreaterThan(loginsBefore);
        assertThat(metric(conflicts)).isGreaterThan(conflictsBefore);
    }

    @Test
    void metrics_count_watchers_notifications_and_the_time_they_take() {
        double before = metric("rollcall_notifications_total");
        double deliveriesBefore = metric("rollcall_delivery_seconds_count");
        Login login = service.login(account, "{\"state\":\"busy\"}");
        try (Events events = Client.as("bob").watch(account)) {
            login.modify("{\"state\":\"away\"}");
            events.untilState("away");

            assertThat(metric("rollcall_watchers")).isPositive();
            Await.until("notifications are counted", () -> metric("rollcall_notifications_total") >= before + 2);
            Await.until(
                    "deliveries are timed", () -> metric("rollcall_delivery_seconds_count") > deliveriesBefore);
        }
    }

    @Test
    void a_watcher_that_leaves_is_no_longer_counted() {
        double watchers;
        try (Events events = Client.as("bob").watch(account)) {
            events.next();
            watchers = metric("rollcall_watchers");
        }

        Await.until("the watcher is gone", () -> metric("rollcall_watchers") < watchers);
    }

    @Test
    void openapi_describes_the_interface_as_yaml_and_json() {
        Answer yaml = service.get("/openapi").is(200);
        assertThat(yaml.text()).startsWith("openapi:").contains("/api/events");

        JsonNode json = service.get("/openapi?format=json").is(200).json();
        assertThat(json.path("openapi").asText()).startsWith("3.");
        assertThat(json.path("paths").has("/api/events")).isTrue();
    }

    @Test
    void what_nobody_knows_is_404_as_a_problem_and_no_incident_of_the_server() throws IOException {
        service.get("/api/nothing").isProblem(404, "not-found");
        service.get("/nothing").isProblem(404, "not-found");
        service.get("/api/subscriptions/nothing/events").isProblem(404, "not-found");

        Path incidents = Path.of(System.getProperty("rollcall.wlp"), "usr/servers/rollcall-it/logs/ffdc");
        if (Files.exists(incidents)) {
            try (Stream<Path> files = Files.list(incidents)) {
                assertThat(files).noneMatch(file -> contentOf(file.toFile()).contains("File not found"));
            }
        }
    }

    @Test
    void answers_do_not_tell_which_software_made_them() {
        Answer answer = service.get("/api/me");

        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    private double metric(String name) {
        return admin.get("/metrics").is(200).text().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }
}
