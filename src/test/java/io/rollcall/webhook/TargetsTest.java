package io.rollcall.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static Targets allowing(String hosts) {
        return new Targets(Optional.of(hosts), false);
    }

    private static void refused(Targets targets, String url, Kind kind) {
        assertThatThrownBy(() -> targets.target(url))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
    }

    @Test
    void without_a_word_from_the_operator_nothing_is_allowed() {
        refused(new Targets(Optional.empty(), true), "https://hooks.example.com/", Kind.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "hooks.example.com, https://hooks.example.com/presence?key=1, true",
        "hooks.example.com, https://HOOKS.example.com, true",
        "hooks.example.com, https://hooks.example.com:443/, true",
        "hooks.example.com, https://hooks.example.com:8443/, false",
        "hooks.example.com, http://hooks.example.com/, false",
        "hooks.example.com, https://hooks.example.com.evil.example/, false",
        "hooks.example.com, https://other.example.com/, false",
        "hooks.example.com:8443, https://hooks.example.com:8443/, true",
        "hooks.example.com:*, https://hooks.example.com:9999/, true",
        "*.example.com, https://a.b.example.com/, true",
        "*.example.com, https://example.com/, false",
        "*.example.com, https://evilexample.com/, false",
        "'one.example, http://two.example', http://two.example/, true",
        "http://two.example, https://two.example/, false",
        "http://localhost:*, http://localhost:8080/, true",
        "*, https://anywhere.example/, true",
        "*, http://anywhere.example/, false"
    })
    void hosts_are_allowed_by_name_scheme_and_port(String allow, String url, boolean allowed) {
        assertThat(allowing(allow).includes(URI.create(url))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example.com",
                "/presence",
                "ftp://hooks.example.com/",
                "file:///etc/passwd",
                "https:///presence",
                "https://user:word@hooks.example.com/",
                "https://hooks.example.com/#part",
                "https://hooks.example.com:65536/",
                "https://hooks.example.com:0/",
                "https://hooks.example.com/a b",
                "https://hooks.example.com/\r\nX: y",
                "https://hooks.example.com/\"",
                "javascript:alert(1)"
            })
    void what_is_no_url_of_a_webhook_is_refused(String url) {
        refused(allowing("*, http://*"), url, Kind.INVALID_REQUEST);
    }

    @Test
    void a_url_may_not_be_longer_than_it_can_be_stored() {
        String longest = "https://hooks.example.com/";
        longest += "x".repeat(2_000 - longest.length());

        assertThat(new Targets(Optional.of("*"), true).target(longest)).hasToString(longest);
        refused(allowing("*"), longest + "x", Kind.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/", "https://[::ffff:10.0.0.1]/", "https://localhost/"
            })
    void a_private_address_and_a_name_of_one_is_refused_at_once_unless_the_operator_allows_it(String url) {
        refused(allowing("*"), url, Kind.FORBIDDEN);
        assertThat(new Targets(Optional.of("*"), true).target(url)).hasToString(url);
    }

    @Test
    void a_name_that_stands_for_a_private_address_has_none() {
        URI local = URI.create("https://localhost/");

        assertThat(allowing("*").addresses(local)).isEmpty();
        assertThat(new Targets(Optional.of("*"), true).addresses(local)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hooks.example.com/path", "ftp://a.example", "a b", "a.example:99999999"})
    void an_entry_that_means_nothing_keeps_the_server_from_starting(String entry) {
        assertThatThrownBy(() -> allowing(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rollcall.webhooks.allow");
    }
}
