package io.rollcall.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.LdapServer;
import io.rollcall.client.SelfSigned;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a directory must show before it is sent a password. */
class DirectoryTlsTest {
    private static final String COMPANY = "dn: dc=example,dc=com\nobjectClass: domain\ndc: example\n\n"
            + "dn: uid=alice,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: alice\ncn: Alice\nsn: A\nmail: alice@example.com\n";

    @TempDir
    Path folder;

    private Path trust;
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "base", LdapServer.BASE, "refresh", "PT0S", "timeout", "PT2S", "trust.password", SelfSigned.TRUST_PASSWORD,
            "bind.name", LdapServer.BIND_NAME, "bind.password", LdapServer.BIND_PASSWORD));

    @BeforeEach
    void a_trust_store() {
        trust = folder.resolve("trust.p12");
        settings.put("trust", trust.toString());
    }

    @Test
    void a_certificate_that_is_trusted_and_made_for_the_name_is_taken() {
        try (LdapServer server = secured()) {
            assertThat(answers("localhost:" + server.port())).isTrue();
        }
    }

    @Test
    void a_certificate_that_is_not_trusted_is_refused() {
        try (LdapServer server = secured(); LdapServer other = secured()) {
            assertThat(answers(server.address())).isFalse();
            assertThat(answers(other.address())).isTrue();
            settings.remove("trust");
            assertThat(answers(other.address())).as("by what the JVM trusts").isFalse();
        }
    }

    @Test
    void a_certificate_for_another_name_is_refused() {
        try (LdapServer server = LdapServer.secured("elsewhere.example", company(), trust)) {
            assertThat(answers(server.address())).isFalse();
        }
    }

    @Test
    void a_trust_store_that_is_not_there_trusts_nobody() {
        try (LdapServer server = secured()) {
            settings.put("trust", folder.resolve("none.p12").toString());
            assertThat(answers(server.address())).isFalse();
        }
    }

    @Test
    void a_plain_connection_can_turn_to_tls_and_must_if_it_is_to() {
        settings.put("tls", "false");
        settings.put("starttls", "true");
        try (LdapServer server = LdapServer.withStartTls(COMPANY, trust); LdapServer plain = LdapServer.of(COMPANY)) {
            assertThat(answers(server.address())).isTrue();
            assertThat(answers(plain.address())).isFalse();
            settings.remove("trust");
            assertThat(answers(server.address())).as("by what the JVM trusts").isFalse();
        }
    }

    private LdapServer secured() {
        return LdapServer.secured(company(), trust);
    }

    private static InputStream company() {
        return new ByteArrayInputStream(COMPANY.getBytes(StandardCharsets.UTF_8));
    }

    private boolean answers(String address) {
        settings.put("servers", address);
        Directory directory = new Directory(DirectoryTest.settings(settings));
        directory.begin();
        directory.stop();
        return directory.isAvailable() && directory.size() == 1;
    }
}
