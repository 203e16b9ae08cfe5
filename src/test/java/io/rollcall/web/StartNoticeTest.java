package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With passwords that everybody knows the server is for its own machine. */
class StartNoticeTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.8.9.10", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void the_demo_starts_where_only_its_own_machine_reaches_it(String host) {
        assertThatCode(() -> StartNotice.mustBeLoopback(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "0.0.0.0", "::", "", "10.0.0.7", "presence.example.com", "localhost.example.com", "1270.0.0.1", "::2"})
    void anywhere_else_it_says_what_to_set(String host) {
        assertThatThrownBy(() -> StartNotice.mustBeLoopback(host)).hasMessageContaining("ROLLCALL_USERS_KIND");
    }
}
