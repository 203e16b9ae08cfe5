package io.rollcall.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.document.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {
    private static final Address ALICE = new Address("alice", "example.com");
    private static final Address BOB = new Address("bob", "example.com");
    private static final Address CAROL = new Address("carol", "example.com");

    @TempDir
    Path folder;

    private int writes;

    private Path file;
    private Groups groups;

    @BeforeEach
    void two_groups() throws IOException {
        file = folder.resolve("groups.txt");
        write("# people\nsales: alice@example.com, bob@EXAMPLE.com\n\nThird floor: bob@example.com, # a comment\nnobody:\n");
        groups = new Groups(Optional.of(file.toString()));
    }

    @Test
    void a_group_includes_its_members_and_nobody_else() {
        assertThat(groups.includes("sales", ALICE)).isTrue();
        assertThat(groups.includes("sales", CAROL)).isFalse();
        assertThat(groups.includes("no such group", ALICE)).isFalse();
        assertThat(groups.members("sales")).containsExactly(ALICE, BOB);
        assertThat(groups.members("nobody")).isEmpty();
        assertThat(groups.exists("nobody")).isTrue();
        assertThat(groups.exists("no such group")).isFalse();
        assertThat(groups.of(BOB)).containsExactly("Third floor", "sales");
        assertThat(groups.of(CAROL)).isEmpty();
    }

    @Test
    void nodes_that_know_of_the_same_members_have_the_same_digest() throws IOException {
        String digest = groups.digest();
        write("nobody:\nsales: bob@example.com, alice@example.com\nThird floor: bob@example.com");
        groups.look();
        assertThat(groups.digest()).isEqualTo(digest).hasSizeLessThanOrEqualTo(36);

        write("nobody:\nsales: bob@example.com\nThird floor: bob@example.com, alice@example.com");
        groups.look();
        assertThat(groups.digest()).isNotEqualTo(digest);
    }

    @Test
    void search_finds_what_occurs_in_a_name() {
        assertThat(groups.search(" FLOOR", 10)).containsExactly("Third floor");
        assertThat(groups.search("", 2)).hasSize(2);
        assertThat(new Groups(Optional.empty()).search("", 10)).isEmpty();
    }

    @Test
    void a_change_is_told_with_those_who_joined_or_left() throws IOException {
        List<Set<Address>> told = new ArrayList<>();
        groups.onChange(told::add);
        long before = groups.revision();
        groups.look();
        assertThat(told).isEmpty();

        write("sales: carol@example.com, bob@example.com\nThird floor: bob@example.com\nnobody:\n");
        groups.look();

        assertThat(told).containsExactly(Set.of(ALICE, CAROL));
        assertThat(groups.revision()).isGreaterThan(before);
        assertThat(groups.includes("sales", CAROL)).isTrue();
    }

    @Test
    void of_two_contents_of_one_size_and_time_the_second_is_seen_too() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        for (String member : List.of("alice", "carol")) {
            Files.writeString(file, "sales: " + member + "@example.com");
            Files.setLastModifiedTime(file, now);
            groups.look();
        }

        assertThat(groups.members("sales")).containsExactly(CAROL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sales alice@example.com", ": alice@example.com", "sales: alice", "sa\"les: alice@example.com"})
    void a_bad_line_leaves_the_groups_as_they_were(String line) throws IOException {
        write("first: alice@example.com\n" + line + '\n');
        groups.look();

        assertThat(groups.members("sales")).containsExactly(ALICE, BOB);
        assertThat(groups.exists("first")).isFalse();
    }

    @Test
    void a_missing_file_leaves_the_groups_as_they_were() throws IOException {
        Files.delete(file);
        groups.look();

        assertThat(groups.members("sales")).containsExactly(ALICE, BOB);
    }

    @Test
    void a_bad_file_at_the_start_stops_the_server_with_a_reason() throws IOException {
        write("sales alice@example.com");

        assertThatThrownBy(() -> new Groups(Optional.of(file.toString()))).hasMessageContaining("line 1");
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
        // the file system's clock may not have moved on since the last time
        Files.setLastModifiedTime(file, FileTime.fromMillis(++writes));
    }
}
