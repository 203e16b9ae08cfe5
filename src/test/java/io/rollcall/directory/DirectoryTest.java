package io.rollcall.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.rollcall.client.LdapServer;
import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People and groups as they are read from a real LDAP server over a socket. */
class DirectoryTest {
    private static final Address ALICE = new Address("alice", "example.com");
    private static final Address BOB = new Address("bob", "example.com");
    private static final Address CAROL = new Address("carol", "example.com");
    private static final String COMPANY = "dn: dc=example,dc=com\nobjectClass: domain\ndc: example\n"
            + person("alice", "Alice Adams", "alice@example.com")
            + person("bob", "Bob *)(uid=*", "bob@example.com")
            + person("carol", "Carol (Support)", "carol@example.com")
            + group("sales", "alice", "bob");

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void people_and_groups_are_read_with_what_is_shown_of_them() {
        Directory directory = read(server(COMPANY));

        assertThat(people(directory).search("adams", 10)).containsExactly(new Person(ALICE, "Alice Adams", "Sales"));
        assertThat(people(directory).include(BOB)).isTrue();
        assertThat(people(directory).include(new Address("nobody", "example.com"))).isFalse();
        assertThat(groups(directory).members("sales")).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(groups(directory).of(CAROL)).isEmpty();
    }

    @Test
    void what_a_server_says_begins_no_line_of_the_log() {
        LDAPException away = new LDAPException(ResultCode.BUSY, "later\r\n[INFO] forged \u001b[2J");

        assertThat(Directory.reason(away)).contains("later [INFO] forged").doesNotContainPattern("\\p{Cntrl}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*)(uid=*", "(objectClass=*)", "\\2a", "alice)(|(mail=*", "&", "\0"})
    void what_is_typed_is_looked_for_as_it_is_and_never_asks_the_server_anything(String typed) {
        LdapServer server = server(COMPANY);
        People people = people(read(server));
        int before = server.searches().size();

        List<Person> found = people.search(typed, 10);

        assertThat(found)
                .allSatisfy(person -> assertThat(person.name() + person.account()).contains(typed))
                .hasSizeLessThan(2);
        assertThat(server.searches()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({"alice,alice@example.com", "ALICE,alice@example.com", "Alice@Example.com,alice@example.com",
        "' bob ',bob@example.com"})
    void a_name_to_sign_in_with_is_found_without_regard_to_case_and_spaces(String name, String account) {
        assertThat(people(read(server(COMPANY))).accountOf(name)).hasToString(account);
    }

    @Test
    void what_turns_text_around_is_no_part_of_a_name() {
        People people = people(read(server(COMPANY + person("eve", "Eve \u202eecilA", "eve@example.com"))));

        assertThat(people.search("eve@", 1)).extracting(Person::name).containsExactly("Eve ecilA");
    }

    @Test
    void a_name_is_never_taken_for_the_account_of_somebody_else() {
        String more = person("smith", "John Smith", "john@example.com")
                + person("jsmith", "Jane Smith", "smith@example.com")
                + "\ndn: uid=nomail,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: nomail\ncn: N\nsn: N\n"
                + "\ndn: cn=one,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: twice\ncn: one\nsn: N\nmail: one@example.com\n"
                + "\ndn: cn=two,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: twice\ncn: two\nsn: N\nmail: two@example.com\n";
        People people = people(read(server(COMPANY + more)));

        assertThat(people.accountOf("smith")).hasToString("john@example.com");
        assertThat(people.accountOf("service")).hasToString("service@example.com");
        for (String name : List.of("john", "nomail", "twice")) {
            assertThatThrownBy(() -> people.accountOf(name))
                    .as(name)
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.FORBIDDEN));
        }
    }

    @Test
    @DisplayName("RFC 2696 — entries are read a page at a time")
    void entries_are_read_a_page_at_a_time() {
        String many = IntStream.range(0, 25)
                .mapToObj(i -> person("p" + i, "Person " + i, "p" + i + "@example.com"))
                .collect(Collectors.joining());
        LdapServer server = server(COMPANY + many);
        Directory directory = read(server, Map.of("page", "10"));

        assertThat(directory.size()).isEqualTo(28);
        assertThat(server.searches()).hasSize(4).allSatisfy(search ->
                assertThat(search.getControl(SimplePagedResultsControl.PAGED_RESULTS_OID)).isNotNull());
    }

    @Test
    @DisplayName("RFC 4511 §4.5.3 — what is said to be at another server is left there")
    void referrals_are_not_followed() {
        LdapServer elsewhere = server(COMPANY + person("dora", "Dora", "dora@example.com"));
        String referral = "\ndn: ou=elsewhere,dc=example,dc=com\nobjectClass: referral\nobjectClass: extensibleObject\n"
                + "ou: elsewhere\nref: ldap://" + elsewhere.address() + "/dc=example,dc=com\n";
        Directory directory = read(server(COMPANY + referral));

        assertThat(directory.isAvailable()).isTrue();
        assertThat(directory.size()).isEqualTo(3);
        assertThat(elsewhere.searches()).isEmpty();
    }

    @Test
    void more_people_than_may_be_are_refused_and_those_before_stay() {
        LdapServer server = server(COMPANY);
        Directory directory = read(server, Map.of("limit", "3"));
        server.add(person("dora", "Dora", "dora@example.com").strip().split("\n"));

        directory.look();

        assertThat(directory.isAvailable()).isFalse();
        assertThat(directory.size()).isEqualTo(3);
    }

    @Test
    void members_of_groups_in_a_group_belong_to_it_also_where_groups_contain_each_other() {
        String nested = group("support", "carol")
                + "\ndn: cn=staff,dc=example,dc=com\nobjectClass: groupOfNames\ncn: staff\nmember: cn=sales,dc=example,dc=com\n"
                + "member: CN=Support, DC=example,DC=com\nmember: cn=elsewhere,dc=nowhere\n"
                + "\ndn: cn=hen,dc=example,dc=com\nobjectClass: groupOfNames\ncn: hen\nmember: cn=egg,dc=example,dc=com\n"
                + "member: cn=hen,dc=example,dc=com\nmember: uid=alice,dc=example,dc=com\n"
                + "\ndn: cn=egg,dc=example,dc=com\nobjectClass: groupOfNames\ncn: egg\nmember: cn=hen,dc=example,dc=com\n"
                + "member: uid=bob,dc=example,dc=com\n";
        Groups groups = groups(read(server(COMPANY + nested)));

        assertThat(groups.members("staff")).containsExactlyInAnyOrder(ALICE, BOB, CAROL);
        assertThat(groups.members("hen")).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(groups.members("egg")).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(groups.of(CAROL)).containsExactlyInAnyOrder("staff", "support");
    }

    @Test
    void who_joins_or_leaves_in_the_directory_is_told() {
        LdapServer server = server(COMPANY);
        Directory directory = read(server);
        Groups groups = groups(directory);
        List<Set<Address>> told = new ArrayList<>();
        groups.onChange(told::add);
        long before = groups.revision();
        directory.look();
        groups.look();
        assertThat(groups.revision()).isEqualTo(before);

        server.modify("dn: cn=sales,dc=example,dc=com", "changetype: modify", "add: member",
                "member: uid=carol,dc=example,dc=com", "-", "delete: member", "member: uid=alice,dc=example,dc=com");
        directory.look();
        groups.look();

        assertThat(told).containsExactly(Set.of(ALICE, CAROL));
        assertThat(groups.members("sales")).containsExactlyInAnyOrder(BOB, CAROL);
        assertThat(groups.revision()).isGreaterThan(before);
    }

    @Test
    void while_the_server_is_away_what_was_read_holds_and_when_it_is_back_it_is_read_again() {
        LdapServer server = server(COMPANY);
        Directory directory = read(server);
        People people = people(directory);

        server.stop();
        directory.look();
        assertThat(directory.isAvailable()).isFalse();
        assertThat(directory.isKnown()).isTrue();
        assertThat(people.search("alice", 10)).hasSize(1);
        assertThat(people.accountOf("alice")).isEqualTo(ALICE);

        server.start();
        server.add(person("dora", "Dora", "dora@example.com").strip().split("\n"));
        directory.look();
        assertThat(directory.isAvailable()).isTrue();
        assertThat(people.search("dora", 10)).hasSize(1);
    }

    @Test
    void as_long_as_a_directory_has_never_answered_nobody_is_taken_for_anybody() {
        LdapServer server = server(COMPANY);
        server.stop();
        Directory directory = read(server);
        People people = people(directory);

        assertThat(directory.isKnown()).isFalse();
        assertThatThrownBy(() -> people.accountOf("alice"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE));

        server.start();
        directory.look();
        assertThat(people.accountOf("alice")).isEqualTo(ALICE);
    }

    @Test
    void a_directory_that_shows_nobody_any_more_is_not_believed() {
        LdapServer server = server(COMPANY);
        Directory directory = read(server);
        for (String name : List.of("alice", "bob", "carol")) {
            server.deleteTree("uid=" + name + ",dc=example,dc=com");
        }
        directory.look();

        assertThat(directory.isAvailable()).isFalse();
        assertThat(directory.size()).isEqualTo(3);
    }

    @Test
    void a_server_that_does_not_answer_is_given_up_in_time() {
        LdapServer server = server(COMPANY);
        Directory directory = read(server, Map.of("timeout", "PT0.3S"));
        server.hold();
        long start = System.nanoTime();

        directory.look();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(directory.isAvailable()).isFalse();
        assertThat(directory.size()).isEqualTo(3);

        server.release();
        directory.look();
        assertThat(directory.isAvailable()).isTrue();
    }

    @Test
    void the_second_server_is_asked_when_the_first_is_away_or_hangs() {
        LdapServer first = server(COMPANY);
        LdapServer second = server(COMPANY + person("dora", "Dora of the second", "dora@example.com"));
        Directory directory =
                read(first, Map.of("servers", first.address() + ", " + second.address(), "timeout", "PT0.5S"));
        assertThat(directory.size()).isEqualTo(3);

        first.hold();
        directory.look();
        directory.look();
        assertThat(directory.isAvailable()).isTrue();
        assertThat(directory.size()).isEqualTo(4);

        second.stop();
        first.release();
        directory.look();
        directory.look();
        assertThat(directory.isAvailable()).isTrue();
        assertThat(directory.size()).isEqualTo(3);
    }

    @Test
    void a_wrong_password_of_the_server_is_no_answer() {
        Directory directory = read(server(COMPANY), Map.of("bind.password", "wrong"));

        assertThat(directory.isKnown()).isFalse();
        assertThat(directory.isAvailable()).isFalse();
    }

    @Test
    void active_directory_is_read_by_its_own_preset() {
        String domain = "dn: dc=example,dc=com\nobjectClass: domain\ndc: example\n"
                + user("asmith", "Alice Smith", 512, "cn=Sales,ou=groups,dc=example,dc=com")
                + user("gone", "Gone Person", 514, "cn=Sales,ou=groups,dc=example,dc=com")
                + "\ndn: cn=PC,dc=example,dc=com\nobjectClass: computer\nobjectCategory: computer\nmail: pc@example.com\n"
                + "\ndn: cn=Sales,ou=groups,dc=example,dc=com\nobjectClass: group\ncn: Sales\n"
                + "memberOf: CN=Staff,OU=Groups,DC=example,DC=com\nmember;range=0-1499: cn=ignored,dc=example,dc=com\n"
                + "\ndn: cn=Staff,ou=groups,dc=example,dc=com\nobjectClass: group\ncn: Staff\n";
        LdapServer server = LdapServer.withoutSchema(domain.replace("\ndn: cn=Sales,",
                "\ndn: ou=groups,dc=example,dc=com\nobjectClass: organizationalUnit\nou: groups\n\ndn: cn=Sales,"));
        open.add(server);
        Directory directory = read(server, Map.of("kind", "active-directory"));
        People people = people(directory);
        Address alice = new Address("Asmith.Mail", "example.com");

        assertThat(people.search("", 10)).containsExactly(new Person(alice, "Alice Smith", "Sales and more"));
        for (String name : List.of("asmith", "ASMITH@corp.local", "asmith.mail@example.com")) {
            assertThat(people.accountOf(name)).isEqualTo(alice);
        }
        assertThatThrownBy(() -> people.accountOf("gone")).isInstanceOf(Problem.class);
        assertThat(groups(directory).members("Sales")).containsExactly(alice);
        assertThat(groups(directory).members("Staff")).containsExactly(alice);
    }

    @ParameterizedTest
    @CsvSource({
        "kind,novell", "tls,maybe", "limit,none", "page,0", "timeout,5 seconds", "people.filter,(mail=",
        "servers,ldap.example.com", "starttls,maybe"
    })
    void a_setting_that_cannot_be_used_stops_the_server_with_a_reason(String setting, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("servers", "localhost:1", "base", "dc=example"));
        settings.put(setting, value);

        assertThatThrownBy(() -> new Directory(settings(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rollcall.directory." + setting);
    }

    private LdapServer server(String ldif) {
        LdapServer server = LdapServer.of(ldif);
        open.add(server);
        return server;
    }

    private Directory read(LdapServer server) {
        return read(server, Map.of());
    }

    /** What a node knows that was started with these settings and looks again whenever it is told to. */
    private Directory read(LdapServer server, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "servers", server.address(), "base", LdapServer.BASE, "tls", "false", "refresh", "PT0S",
                "bind.name", LdapServer.BIND_NAME, "bind.password", LdapServer.BIND_PASSWORD));
        all.putAll(settings);
        Directory directory = new Directory(settings(all));
        open.add(directory::stop);
        directory.begin();
        return directory;
    }

    static DirectorySettings settings(Map<String, String> values) {
        return new DirectorySettings(
                name -> Optional.ofNullable(values.get(name.replaceFirst("rollcall\\.directory\\.", ""))));
    }

    private static People people(Directory directory) {
        return new People("example.com", Optional.empty(), directory);
    }

    private static Groups groups(Directory directory) {
        return new Groups(Optional.empty(), directory);
    }

    private static String person(String name, String shown, String mail) {
        return "\ndn: uid=" + name + ",dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: " + name + "\ncn: " + shown
                + "\nsn: " + name + "\nou: Sales\nmail: " + mail + "\nuserPassword: " + name + '\n';
    }

    private static String group(String name, String... members) {
        return "\ndn: cn=" + name + ",dc=example,dc=com\nobjectClass: groupOfNames\ncn: " + name + '\n'
                + Stream.of(members)
                        .map(member -> "member: uid=" + member + ",dc=example,dc=com\n")
                        .collect(Collectors.joining());
    }

    private static String user(String name, String shown, int control, String memberOf) {
        return "\ndn: cn=" + shown + ",dc=example,dc=com\nobjectClass: user\nobjectCategory: person\nsAMAccountName: " + name
                + "\nuserPrincipalName: " + name + "@corp.local\nmail: " + name.replaceFirst("a", "A")
                + ".Mail@Example.com\ndisplayName: " + shown + "\ndepartment: Sales and more\nuserAccountControl: " + control
                + "\nmemberOf: " + memberOf + '\n';
    }
}
