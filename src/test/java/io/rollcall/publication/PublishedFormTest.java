package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.document.Address;
import io.rollcall.problem.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedFormTest {
    private static final Address ALICE = Address.parse("alice@example.com").orElseThrow();
    private static final byte[] ONLINE = "{\"state\":\"online\"}".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @DisplayName("RFC 9110 §12.5.1: the form that the client likes best")
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | JSON",
                "*/* | JSON",
                "application/pidf+xml | PIDF",
                "APPLICATION/PIDF+XML | PIDF",
                "application/pidf+xml, */*;q=0.1 | PIDF",
                "application/pidf+xml, */* | PIDF",
                "*/*, application/pidf+xml | PIDF",
                "application/pidf+xml, application/json | PIDF",
                "application/json, application/pidf+xml | JSON",
                "application/pidf+xml;q=0.4, application/json;q=0.5 | JSON",
                "application/pidf+xml; q=0.6, application/json;q=0.5 | PIDF",
                "application/pidf+xml;q=0, */* | JSON",
                "application/* | JSON",
                "text/html, */*;q=0.1 | JSON",
                "text/html, application/pidf+xml;q=0.2 | PIDF",
            })
    void the_answer_has_the_form_that_is_preferred(String accept, PublishedForm form) {
        assertThat(PublishedForm.preferred(accept)).isEqualTo(form);
    }

    @ParameterizedTest
    @DisplayName("RFC 9110 §15.5.7: neither form is taken")
    @ValueSource(strings = {"text/html", "text/*", "application/xml", "application/json;q=0", "application/pidf+xml;q=x"})
    void what_takes_neither_form_is_refused(String accept) {
        assertThatThrownBy(() -> PublishedForm.preferred(accept))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind().status()).isEqualTo(406));
    }

    @Test
    void without_an_accept_header_the_answer_is_json() {
        assertThat(PublishedForm.preferred(null)).isEqualTo(PublishedForm.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "Application/JSON;x=y"})
    void json_is_read_whatever_parameters_its_type_has(String contentType) {
        assertThat(PublishedForm.read(ONLINE, contentType, ALICE).state()).hasToString("ONLINE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/*", "*/*", "application/xml", "json"})
    void what_is_neither_form_is_refused(String contentType) {
        assertThatThrownBy(() -> PublishedForm.read(ONLINE, contentType, ALICE))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind().status()).isEqualTo(415));
    }
}
