package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking for people, with the demo's company. */
class DirectorySearchIT {
    private static final String EMMA = "emma@example.com";

    private final Client alice = Client.as("alice");

    @Test
    void the_directory_is_answered_in_parts() {
        JsonNode whole = find("?limit=500");
        JsonNode part = find("?from=2&limit=3");

        assertThat(part.path("total")).isEqualTo(whole.path("total"));
        assertThat(part.path("people")).hasSize(3);
        assertThat(part.path("people").get(0)).isEqualTo(whole.path("people").get(2));
        assertThat(find("?from=100000").path("people")).isEmpty();
    }

    @Test
    void people_are_those_of_a_department_a_group_or_the_accounts_asked_for() {
        assertThat(find("?department=Sales&limit=500").path("people"))
                .isNotEmpty()
                .allMatch(person -> person.path("department").asText().equals("Sales"));
        assertThat(find("?department=Sale").path("people")).isEmpty();
        assertThat(find("?group=management&limit=500").path("people")).isNotEmpty();
        assertThat(find("?group=no+such+group").path("people")).isEmpty();
        assertThat(find("?account=" + EMMA + "&account=nobody@example.com").path("people").toString())
                .isEqualTo("[{\"account\":\"" + EMMA + "\",\"name\":\"Emma Evans\",\"department\":\"Engineering\"}]");
        assertThat(find("?q=ENGIN").path("departments").toString()).contains("Engineering");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=501", "?limit=-1", "?limit=many", "?from=-1", "?from=99999999999", "?account=nobody"})
    void what_cannot_be_asked_for_is_refused(String query) {
        alice.get("/api/directory" + query).isProblem(400, "invalid-request");
    }

    private JsonNode find(String query) {
        return alice.get("/api/directory" + query).is(200).json();
    }
}
