package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a request says in one way only whom it is for and where it ends; values that it has several of are cut at bars. */
class FramingFilterTest {

    @ParameterizedTest
    @CsvSource({"localhost,,", "localhost,5,", "localhost,,chunked", "localhost,,Chunked", ",5,"})
    void what_is_certain_passes(String hosts, String lengths, String encodings) {
        assertThat(FramingFilter.wrong(values(hosts), values(lengths), values(encodings))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost|elsewhere,,", "localhost,5|5,", "localhost,5,chunked", "localhost,5,xchunked", "localhost,,xchunked",
        "localhost,,'chunked, identity'", "localhost,,chunked|chunked", "localhost,,identity", "localhost,,gzip"
    })
    void what_could_be_read_in_two_ways_does_not(String hosts, String lengths, String encodings) {
        assertThat(FramingFilter.wrong(values(hosts), values(lengths), values(encodings))).isNotBlank();
    }

    private static List<String> values(String given) {
        return given == null ? List.of() : Arrays.asList(given.split("[|]"));
    }
}
