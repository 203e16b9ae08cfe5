package io.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @Test
    @DisplayName("RFC 4180 §2: cells are quoted, and quotes in them doubled")
    void rfc4180_cells_are_quoted() {
        assertThat(Csv.line(Arrays.asList("a \"b\", c", null, 3))).isEqualTo("\"a \"\"b\"\", c\",\"\",\"3\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=cmd|' /C calc'!A0", "|x", "%x"})
    void what_a_spreadsheet_would_take_for_a_formula_is_text(String hostile) {
        assertThat(Csv.line(List.of(hostile))).startsWith("\"'");
    }

    @Test
    void other_text_stays_as_it_is() {
        assertThat(Csv.line(List.of("alice@example.com", "2026-02-27T12:00:00Z")))
                .isEqualTo("\"alice@example.com\",\"2026-02-27T12:00:00Z\"\r\n");
    }
}
