package io.rollcall.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.rollcall.document.Address;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The directory that a fresh server brings along, as it is shipped. */
class DemoCompanyTest {
    private static final File FILE = new File("liberty/directory-demo.ldif");

    private Directory directory;
    private People people;
    private Groups groups;

    @BeforeEach
    void read() {
        directory = new Directory(DirectoryTest.settings(Map.of("ldif", FILE.getPath())));
        directory.begin();
        people = new People("example.com", Optional.empty(), directory);
        groups = new Groups(Optional.empty(), directory);
    }

    @AfterEach
    void stop() {
        directory.stop();
    }

    @Test
    void there_are_a_few_dozen_people_in_departments() {
        assertThat(people.search("", 100)).hasSizeBetween(30, 60).allSatisfy(person -> {
            assertThat(person.name()).isNotEmpty();
            assertThat(person.department()).isNotEmpty();
        });
        assertThat(people.search("engineering", 100)).hasSizeGreaterThan(5);
    }

    @Test
    void the_groups_of_the_tour_are_in_it() {
        assertThat(groups.members("sales")).extracting(Address::local).containsExactlyInAnyOrder("alice", "bob");
        assertThat(groups.members("support")).extracting(Address::local).containsExactlyInAnyOrder("bob", "carol");
        assertThat(groups.members("staff")).hasSizeGreaterThan(20);
    }

    /** Liberty's own registry signs the demo's people in; it must not know others, or other roles, than the directory. */
    @Test
    void whoever_may_sign_in_is_in_it_with_the_same_password_and_role() throws Exception {
        Element demo = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new File("liberty/users-demo.xml"))
                .getDocumentElement();
        try (LdifServer server = new LdifServer(FILE, 0)) {
            for (Element user : elements(demo, "user")) {
                Address account = people.accountOf(user.getAttribute("name"));
                assertThat(people.include(account)).as(user.getAttribute("name")).isTrue();
                signIn(server, account.local(), user.getAttribute("password"));
            }
        }
        for (Element group : elements(demo, "group")) {
            List<Address> members = elements(group, "member").stream()
                    .map(member -> people.accountOf(member.getAttribute("name")))
                    .distinct()
                    .toList();
            assertThat(groups.members(group.getAttribute("name"))).containsExactlyInAnyOrderElementsOf(members);
        }
    }

    @Test
    void it_can_be_signed_in_to_but_not_changed() throws LDAPException {
        try (LdifServer server = new LdifServer(FILE, 0); LDAPConnection connection = connect(server)) {
            assertThatThrownBy(() -> signIn(server, "alice", "wrong")).isInstanceOf(LDAPException.class);
            connection.bind("uid=admin,ou=people,dc=example,dc=com", "admin");
            assertThatThrownBy(() -> connection.delete("uid=alice,ou=people,dc=example,dc=com"))
                    .isInstanceOf(LDAPException.class);
        }
    }

    @Test
    void a_file_that_cannot_be_served_stops_the_server_with_a_reason() {
        assertThatThrownBy(() -> new Directory(DirectoryTest.settings(Map.of("ldif", "pom.xml"))))
                .hasMessageContaining("rollcall.directory.ldif pom.xml");
        assertThatThrownBy(() -> new Directory(DirectoryTest.settings(Map.of("ldif", "none.ldif"))))
                .hasMessageContaining("none.ldif");
    }

    private static void signIn(LdifServer server, String name, String password) throws LDAPException {
        try (LDAPConnection connection = connect(server)) {
            connection.bind("uid=" + name + ",ou=people," + server.base(), password);
        }
    }

    private static LDAPConnection connect(LdifServer server) throws LDAPException {
        String[] address = server.address().split(":");
        return new LDAPConnection(address[0], Integer.parseInt(address[1]));
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
