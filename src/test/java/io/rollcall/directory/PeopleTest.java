package io.rollcall.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.document.Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeopleTest {
    private final People people = new People(
            "Example.COM", Optional.of(List.of("alice@example.com", "zoe@Partner.example", "alice@partner.example")));

    @ParameterizedTest
    @CsvSource({
        "alice,alice@example.com",
        "zoe,zoe@partner.example",
        "service,service@example.com",
        "bob@elsewhere.example,bob@elsewhere.example",
        "BOB@Elsewhere.Example,BOB@elsewhere.example"
    })
    void a_sign_in_name_is_an_address_or_a_listed_person_or_of_the_own_domain(String name, String account) {
        assertThat(people.accountOf(name)).hasToString(account);
    }

    @Test
    void search_finds_what_occurs_in_an_address_in_the_order_listed() {
        assertThat(people.search(" ALI ", 10))
                .extracting(person -> person.account().toString())
                .containsExactly("alice@example.com", "alice@partner.example");
        assertThat(people.search("", 2)).hasSize(2);
        assertThat(people.search("nobody", 10)).isEmpty();
    }

    @Test
    void only_listed_people_are_included() {
        assertThat(people.include(Address.parse("zoe@PARTNER.example").orElseThrow())).isTrue();
        assertThat(people.include(Address.parse("bob@example.com").orElseThrow())).isFalse();
        assertThat(new People("example.com", Optional.empty()).search("", 10)).isEmpty();
    }

    @Test
    void a_listed_person_that_is_no_address_stops_the_server_with_a_reason() {
        assertThatThrownBy(() -> new People("example.com", Optional.of(List.of("alice"))))
                .hasMessageContaining("rollcall.directory.people")
                .hasMessageContaining("alice");
    }
}
