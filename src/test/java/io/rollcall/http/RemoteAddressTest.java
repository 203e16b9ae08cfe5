package io.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAddressTest {
    private final RemoteAddress behindProxies = new RemoteAddress(Optional.of(List.of("10.0.0.0/9", "2001:db8::1")));

    @Test
    void without_proxies_of_ours_the_header_says_nothing() {
        RemoteAddress direct = new RemoteAddress(Optional.empty());

        assertThat(direct.of("10.0.0.1", List.of("203.0.113.7"))).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // nearest | header | remote
                "10.0.0.1 | 203.0.113.7 | 203.0.113.7",
                "2001:db8::1 | 203.0.113.7 | 203.0.113.7",
                // what a client claims stands before what the proxy added
                "10.0.0.1 | 192.0.2.1, 203.0.113.7 | 203.0.113.7",
                "10.0.0.1 | 192.0.2.1, 203.0.113.7, 10.1.1.1 | 203.0.113.7",
                // no proxy of ours: it may claim what it likes
                "10.128.0.1 | 203.0.113.7 | 10.128.0.1",
                "192.0.2.9 | 203.0.113.7 | 192.0.2.9",
                // all of it is ours
                "10.0.0.1 | 10.0.0.2 | 10.0.0.2",
                // no address
                "10.0.0.1 | localhost | 10.0.0.1",
                "10.0.0.1 | '' | 10.0.0.1",
                "10.0.0.1 | 203.0.113.7, 999.0.0.1x | 10.0.0.1",
                "10.0.0.1 | ::1%eth0 | 10.0.0.1",
            })
    void proxies_of_ours_are_believed_and_nobody_else(String nearest, String header, String remote) {
        assertThat(behindProxies.of(nearest, List.of(header))).isEqualTo(remote);
    }

    @Test
    void the_header_may_come_several_times() {
        assertThat(behindProxies.of("10.0.0.1", List.of("192.0.2.1", "203.0.113.7"))).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0.0/x", "", "2001:db8::/129"})
    void what_is_no_network_stops_the_start(String wrong) {
        assertThatThrownBy(() -> new RemoteAddress(Optional.of(List.of(wrong))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rollcall.proxies");
    }
}
