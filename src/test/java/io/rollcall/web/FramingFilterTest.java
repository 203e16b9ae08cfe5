package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a request says in one way only whom it is for and where it ends; values that it has several of are cut at bars. */
class FramingFilterTest {

    @ParameterizedTest
    @CsvSource({"localhost,,", "localhost,5,", "localhost,0,", "localhost,,chunked", "localhost,,Chunked"})
    void what_is_certain_passes(String hosts, String lengths, String encodings) {
        assertThat(FramingFilter.wrong("HTTP/1.1", values(hosts), values(lengths), values(encodings))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost|elsewhere,,", "localhost,5|5,", "localhost,5,chunked", "localhost,5,xchunked", "localhost,,xchunked",
        "localhost,,'chunked, identity'", "localhost,,chunked|chunked", "localhost,,identity", "localhost,,gzip",
        "localhost,+5,", "localhost,-1,", "localhost,0x5,", "localhost,'5, 5',", "localhost,abc,", "localhost,'',", "localhost,5;,",
        ",5,", ",,"
    })
    void what_could_be_read_in_two_ways_does_not(String hosts, String lengths, String encodings) {
        assertThat(FramingFilter.wrong("HTTP/1.1", values(hosts), values(lengths), values(encodings))).isNotBlank();
    }

    @ParameterizedTest
    @DisplayName("RFC 9110 §2.5 — nobody is answered in a version that is not spoken here; one of 1.0 may know of no Host")
    @CsvSource({"HTTP/1.0,true", "HTTP/1.1,false", "HTTP/9.9,false", "HTTP/0.9,false", "http/1.1,false"})
    void versions(String version, boolean fine) {
        assertThat(FramingFilter.wrong(version, List.of(), List.of(), List.of()) == null).isEqualTo(fine);
    }

    @Test
    @DisplayName("RFC 9112 §6.1 — a message of HTTP/1.0 with Transfer-Encoding is framed wrongly")
    void http_1_0_has_no_transfer_encoding() {
        assertThat(FramingFilter.wrong("HTTP/1.0", List.of(), List.of(), List.of("chunked"))).isNotBlank();
    }

    private static List<String> values(String given) {
        return given == null ? List.of() : Arrays.asList(given.split("[|]"));
    }
}
