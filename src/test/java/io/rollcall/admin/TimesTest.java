package io.rollcall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({"PT0S,0 s", "PT1M59S,119 s", "PT2M,2 min", "PT119M,119 min", "PT2H,2 h", "PT47H,47 h", "P2D,2 d", "P400D,400 d"})
    void distances_are_told_in_the_unit_that_fits(Duration distance, String words) {
        assertThat(Times.words(distance)).isEqualTo(words);
    }
}
