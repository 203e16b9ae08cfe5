package io.rollcall.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

    @Test
    void rfc9457_3_1_members_are_type_title_status_detail_and_extensions() {
        Problem problem = new Problem(Kind.INTERVAL_TOO_BRIEF, "Ask for more").with("minExpires", 60L);

        assertThat(problem.toJson())
                .isEqualTo("{\"type\":\"urn:rollcall:problem:interval-too-brief\",\"title\":\"The expiry is too brief\","
                        + "\"status\":400,\"detail\":\"Ask for more\",\"minExpires\":60}");
    }

    @Test
    void a_detail_cannot_break_out_of_json_or_of_a_page() {
        String hostile = "\"}\\ \n\0 </script>&\u2028\u2029 \u00fc\ud83d\udc4b";
        Problem problem = new Problem(Kind.INVALID_REQUEST, hostile).with("extra", hostile);

        JsonNode json = Json.read(problem.toJson());

        assertThat(json.path("detail").asText()).isEqualTo(hostile);
        assertThat(json.path("extra").asText()).isEqualTo(hostile);
        assertThat(problem.toJson()).doesNotContain("<", ">", "&", "\u2028", "\n");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void every_kind_has_a_type_of_its_own_a_title_and_the_status_of_an_error(Kind kind) {
        assertThat(kind.type()).matches("urn:rollcall:problem:[a-z-]+");
        assertThat(kind.title()).isNotBlank();
        assertThat(kind.status()).isBetween(400, 599);
    }
}
