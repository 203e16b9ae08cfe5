package io.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "alice@example.com,alice@example.com",
        "alice@EXAMPLE.com,alice@example.com",
        "Alice@example.com,Alice@example.com",
        "pres:alice@example.com,alice@example.com",
        "PRES:alice@example.com,alice@example.com",
        "sip:alice@example.com,alice@example.com",
        "sips:alice@example.com:5061;transport=tls?subject=x,alice@example.com",
        "pres:al%69ce@example.com,alice@example.com",
        "' alice@example.com ',alice@example.com",
        "a.b+c@example.com,a.b+c@example.com"
    })
    void addresses_and_their_uris_name_the_same_account(String text, String account) {
        assertThat(Address.parse(text).orElseThrow()).hasToString(account);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "alice", "@example.com", "alice@", "tel:+15551234", "mailto:alice@example.com", "a b@example.com",
                "a@b@example.com", "a\"@example.com", "<a>@example.com", "a/b@example.com", "a\u0000@example.com",
                "a@exam ple.com", "pres:", "sip:example.com"
            })
    void anything_else_names_no_account(String text) {
        assertThat(Address.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u202e", "\u2066", "\ufeff", "\u00a0", "\u3000", "\u0085", "\u2028", "\u007f", "\u00ad"})
    void what_cannot_be_seen_makes_no_other_account(String unseen) {
        assertThat(Address.parse("al" + unseen + "ice@example.com")).isEmpty();
        assertThat(Address.parse("alice@exam" + unseen + "ple.com")).isEmpty();
        assertThat(Address.parse("j\u00fcrgen@example.com")).isPresent();
    }

    @Test
    void an_address_has_at_most_320_characters() {
        assertThat(Address.parse("a".repeat(308) + "@example.com")).isPresent();
        assertThat(Address.parse("a".repeat(309) + "@example.com")).isEmpty();
    }

    @Test
    void rfc3859_the_presence_uri_encodes_what_may_not_stand_in_it() {
        assertThat(Address.parse("alice@example.com").orElseThrow().uri()).isEqualTo("pres:alice@example.com");
        assertThat(Address.parse("j\u00fcrgen@example.com").orElseThrow().uri()).isEqualTo("pres:j%C3%BCrgen@example.com");
    }
}
